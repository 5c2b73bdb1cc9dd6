import { createReadStream } from 'node:fs'
import { systemClock } from '../../../main/clock'
import { silentLog } from '../../../main/log'
import { createServices } from '../../../main/services'

// A process of its own that records until it is killed: node --import tsx recordingProcess.ts <folder> <recording>
const NOBODY = `${'a'.repeat(52)}@nearby.invalid`
const CHUNK_BYTES = 32 * 1024
const [folder = '', recording = ''] = process.argv.slice(2)

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
const { handlers: ask, start, currentCall } = created.value
await start()
const person = await ask['people/add']({ address: NOBODY, name: 'Nobody' })
if (!person.ok) throw new Error(person.failure.kind)
const call = await ask['calls/place']({ personId: person.value.id, media: 'video' })
if (!call.ok) throw new Error(call.failure.kind)
while (currentCall()) await new Promise((resolve) => setTimeout(resolve, 20))
const take = await ask['takes/begin']({
  callId: call.value.id,
  kind: 'video',
  mimeType: 'video/x-matroska;codecs=avc1,opus',
})
if (!take.ok) throw new Error(take.failure.kind)
let seq = 0
for await (const chunk of createReadStream(recording, { highWaterMark: CHUNK_BYTES })) {
  await ask['takes/append']({ takeId: take.value.id, seq: seq++, bytes: new Uint8Array(chunk) })
}
// Everything was acknowledged; the recorder would go on, so the take is not finished.
console.log(`recorded ${take.value.id}`)
setInterval(() => {}, 60_000)
