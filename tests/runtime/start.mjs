// `npm start` builds and opens the app; `npm run dev` opens it with hot reload.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { build } from './build.mjs'
import { ensureRuntime, runtimeEnvironment } from './ensureRuntime.mjs'
import { say } from './say.mjs'
import { ensureSystemPackages } from './systemPackages.mjs'

const root = path.resolve(import.meta.dirname, '../..')
const dev = process.argv.includes('--dev')

function open(command, args, runtime) {
  const child = spawn(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...runtimeEnvironment(runtime), ELECTRON_EXEC_PATH: runtime.exe },
  })
  child.on('exit', (code) => process.exit(code ?? 1))
}

// As root Chromium starts only without its sandbox; that is for bare test machines, nobody's desktop.
const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []

try {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    throw new Error('There is no display here. To see Aftertone without one, run: npm run demo')
  await ensureSystemPackages('run')
  const runtime = await ensureRuntime()
  if (runtime.kind === 'stand-in')
    say(`Electron ${runtime.wanted} cannot be downloaded here; using the stand-in ${runtime.electron}`)
  if (dev) {
    const script = path.join(root, 'node_modules/electron-vite/bin/electron-vite.js')
    open(process.execPath, [script, 'dev', '--watch', ...asRoot.map(() => '--noSandbox')], runtime)
  } else {
    await build()
    open(runtime.exe, [...asRoot, root, ...process.argv.slice(2)], runtime)
  }
} catch (error) {
  say(error.message)
  process.exit(1)
}
