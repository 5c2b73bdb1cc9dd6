import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../../../main/clock'
import { silentLog } from '../../../main/log'
import { createServices } from '../../../main/services'
import { eventually } from '../../support/eventually'
import { decodeErrors, h264Recording, probe } from '../../support/media'
import { testFolder } from '../database/testDatabase'

/** Records in another process, which is killed when all of it was acknowledged. */
async function recordAndKill(folder: string, recording: string): Promise<string> {
  const script = path.join(import.meta.dirname, 'recordingProcess.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder, recording], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  onTestFinished(() => void child.kill('SIGKILL'))
  for await (const line of createInterface({ input: child.stdout })) {
    const takeId = /^recorded (\S+)$/.exec(line)?.[1]
    if (!takeId) continue
    child.kill('SIGKILL')
    await exited
    return takeId
  }
  throw new Error('it ended by itself')
}

describe('an app that is killed while it records', () => {
  it('has the whole take at its next start', async () => {
    const folder = testFolder()
    const takeId = await recordAndKill(folder, await h264Recording({ seconds: 3 }))
    const created = createServices({
      folder,
      clock: systemClock,
      createLog: () => silentLog,
      publish() {},
      notify: { incomingCall() {}, missedCall() {}, message() {}, withdraw() {} },
      ffmpeg: { environment: process.env, resourcesFolder: null, packaged: false },
      secretBox: { seal: () => null, open: () => null },
      network: { kind: 'nearby', bind: '127.0.0.1', mdnsPort: 20_000 + Math.floor(Math.random() * 20_000) },
    })
    if (!created.ok) throw new Error(created.failure.kind)
    const services = created.value
    onTestFinished(services.stop)
    await services.start()
    const take = async () => (await services.handlers['takes/unsent']())[0]
    await eventually(async () => (await take())?.state).toEqual({ phase: 'ready' })
    expect((await take())?.id).toBe(takeId)
    expect(Math.abs(((await take())?.durationMs ?? 0) - 3_000)).toBeLessThan(50)
    const file = services.playback.take(takeId)?.path ?? ''
    expect(await decodeErrors(file)).toBe('')
    expect((await probe(file)).streams.map((stream) => stream.codec_name)).toEqual(['h264', 'aac'])
  })
})
