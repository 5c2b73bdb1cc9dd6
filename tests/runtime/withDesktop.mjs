// Runs a command of ours with everything that a desktop test needs: system packages, an Electron, a fresh build,
// and on Linux a screen and a session bus of its own.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { build } from './build.mjs'
import { ensureRuntime, runtimeEnvironment } from './ensureRuntime.mjs'
import { say } from './say.mjs'
import { ensureSystemPackages } from './systemPackages.mjs'

const root = path.resolve(import.meta.dirname, '../..')

// The session bus stands in for the system bus too, else Chromium logs a failed connection every few seconds.
const SESSION = [
  'xvfb-run',
  ['-a', '-s', '-screen 0 1400x900x24 -nolisten tcp', 'dbus-run-session', '--', 'bash', '-c'],
  'export DBUS_SYSTEM_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS; "$@"',
]

function inSession(command) {
  if (process.platform !== 'linux') return command
  const [runner, args, script] = SESSION
  return [runner, ...args, script, '_', ...command]
}

try {
  await ensureSystemPackages('test')
  const runtime = await ensureRuntime()
  say(`${runtime.kind} Electron ${runtime.electron}; the product is pinned to ${runtime.wanted}`)
  await build()
  const [command, ...args] = inSession(process.argv.slice(2))
  const bin = path.join(root, 'node_modules/.bin')
  const child = spawn(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: {
      ...process.env,
      ...runtimeEnvironment(runtime),
      PATH: `${bin}${path.delimiter}${process.env.PATH}`,
    },
  })
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
} catch (error) {
  say(error.message)
  process.exit(1)
}
