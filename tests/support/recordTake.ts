/// <reference path="../../renderer/aftertone.d.ts" />
import type { Page } from 'playwright'
import type { Call } from '../../preload/contract/calls'
import type { Take } from '../../preload/contract/takes'

/** Nobody has this key, so a call to it ends as unreachable. */
const NOBODY = `${'a'.repeat(52)}@nearby.invalid`

/** Calls somebody who cannot be reached and records two seconds by the bridge alone, without the screens. */
export async function recordTake(page: Page): Promise<Take> {
  return page.evaluate(async (address) => {
    const added = await aftertone.people.add({ address, name: 'Nobody' })
    if (!added.ok) throw new Error(`not added: ${added.failure.kind}`)
    const ended = new Promise<Call>((resolve) => {
      const stop = aftertone.on.calls.changed((call) => {
        if (call.state.phase !== 'ended') return
        stop()
        resolve(call)
      })
    })
    const placed = await aftertone.calls.place({ personId: added.value.id, media: 'video' })
    if (!placed.ok) throw new Error(`not placed: ${placed.failure.kind}`)
    const call = await ended

    const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: true })
    const recorder = new MediaRecorder(stream, { mimeType: 'video/x-matroska;codecs=avc1,opus' })
    const begun = await aftertone.takes.begin({ callId: call.id, kind: 'video', mimeType: recorder.mimeType })
    if (!begun.ok) throw new Error(`not begun: ${begun.failure.kind}`)
    const takeId = begun.value.id
    let chunks = 0
    let sent = Promise.resolve()
    recorder.addEventListener('dataavailable', ({ data }) => {
      sent = sent.then(async () => {
        if (data.size === 0) return
        const bytes = new Uint8Array(await data.arrayBuffer())
        const appended = await aftertone.takes.append({ takeId, seq: chunks++, bytes })
        if (!appended.ok) throw new Error(`not appended: ${appended.failure.kind}`)
      })
    })
    const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }))
    recorder.start(250)
    const startedAt = performance.now()
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    recorder.stop()
    const durationMs = performance.now() - startedAt
    await stopped
    await sent
    for (const track of stream.getTracks()) track.stop()

    const finished = await aftertone.takes.finish({
      takeId,
      durationMs,
      width: 640,
      height: 360,
      poster: null,
    })
    if (!finished.ok) throw new Error(`not finished: ${finished.failure.kind}`)
    return finished.value
  }, NOBODY)
}
