/// <reference path="../../renderer/aftertone.d.ts" />
import type { Page } from 'playwright'
import type { Call } from '../../preload/contract/calls'
import type { Take } from '../../preload/contract/takes'

/** Nobody has this key, so a call to it ends as unreachable. */
const NOBODY = `${'a'.repeat(52)}@nearby.invalid`

/** Calls somebody who cannot be reached; resolves with the call once it ended. */
export async function callNobody(page: Page): Promise<Call> {
  return page.evaluate(async (address) => {
    const added = await aftertone.people.add({ address, name: 'Nobody' })
    const known = !added.ok && added.failure.kind === 'already-contact' ? added.failure.personId : null
    const personId = added.ok ? added.value.id : known
    if (!personId) throw new Error('nobody was not added')
    const ended = new Promise<Call>((resolve) => {
      const stop = aftertone.on.calls.changed((call) => {
        if (call.state.phase !== 'ended') return
        stop()
        resolve(call)
      })
    })
    const placed = await aftertone.calls.place({ personId, media: 'video' })
    if (!placed.ok) throw new Error(`not placed: ${placed.failure.kind}`)
    return ended
  }, NOBODY)
}

/** Records by the bridge alone, without the screens, until `finishRecording`; resolves with the take's id. */
export async function startRecording(page: Page, callId: string): Promise<string> {
  return page.evaluate(async (id) => {
    const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: true })
    const recorder = new MediaRecorder(stream, { mimeType: 'video/x-matroska;codecs=avc1,opus' })
    const begun = await aftertone.takes.begin({ callId: id, kind: 'video', mimeType: recorder.mimeType })
    if (!begun.ok) throw new Error(`not begun: ${begun.failure.kind}`)
    const takeId = begun.value.id
    let seq = 0
    let sent = Promise.resolve()
    const enough = new Promise<void>((resolve) => {
      recorder.addEventListener('dataavailable', ({ data }) => {
        sent = sent.then(async () => {
          if (data.size === 0) return
          const bytes = new Uint8Array(await data.arrayBuffer())
          const appended = await aftertone.takes.append({ takeId, seq, bytes })
          if (!appended.ok) throw new Error(`not appended: ${appended.failure.kind}`)
          seq += 1
          if (seq === 8) resolve()
        })
      })
    })
    const startedAt = performance.now()
    recorder.start(250)
    const finish = async () => {
      const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }))
      recorder.stop()
      const durationMs = performance.now() - startedAt
      await stopped
      await sent
      for (const track of stream.getTracks()) track.stop()
      return aftertone.takes.finish({ takeId, durationMs, width: 640, height: 360, poster: null })
    }
    Object.assign(globalThis, { recorder, finishRecording: finish })
    await enough
    return takeId
  }, callId)
}

export async function finishRecording(page: Page): Promise<Take> {
  return page.evaluate(async () => {
    const finished = await Reflect.get(globalThis, 'finishRecording')()
    if (!finished.ok) throw new Error(`not finished: ${finished.failure.kind}`)
    return finished.value
  })
}

/** Two seconds and a little, for a call that nobody could take; finished and playable. */
export async function recordTake(page: Page): Promise<Take> {
  const call = await callNobody(page)
  await startRecording(page, call.id)
  return finishRecording(page)
}
