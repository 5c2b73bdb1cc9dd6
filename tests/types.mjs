// Checks each process with the types that it really has: no DOM in main, no Node in the renderer or the contract.
import { spawnSync } from 'node:child_process'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const rooms = ['preload/contract', 'main', 'preload', 'renderer', 'tests']

let failures = 0
for (const room of rooms) {
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc')
  const { status } = spawnSync(process.execPath, [tsc, '-p', room], { cwd: root, stdio: 'inherit' })
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} types of ${room}`)
  if (status !== 0) failures++
}
console.log(`${rooms.length - failures} passed, ${failures} failed`)
process.exit(failures === 0 ? 0 : 1)
