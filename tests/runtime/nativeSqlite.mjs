import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import fs from 'node:fs/promises'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { cacheFolder, locked, sha512 } from './cache.mjs'
import { say } from './say.mjs'

const require = createRequire(import.meta.url)
/** better-sqlite3 13 ships binaries for this Node-API version and later. */
const PREBUILT_NODE_API = 10

/**
 * Places a better-sqlite3 binary that loads in every runtime used here. Node 20 and Electron 33 have Node-API 9,
 * so there it is built once, kept in the cache and copied into node_modules; elsewhere the shipped one serves.
 *
 * @param {number[]} nodeApis the Node-API versions of the runtimes
 */
export async function ensureNativeSqlite(nodeApis) {
  const folder = path.dirname(require.resolve('better-sqlite3/package.json'))
  const placed = path.join(folder, 'build/Release/better_sqlite3.node')
  if (Math.min(...nodeApis) >= PREBUILT_NODE_API) {
    await fs.rm(path.join(folder, 'build'), { recursive: true, force: true })
    return
  }
  const { version } = require('better-sqlite3/package.json')
  const name = `better-sqlite3-${version}-napi-exp-${process.platform}-${process.arch}.node`
  const cached = path.join(cacheFolder, name)
  if (!existsSync(cached)) await locked(name, () => existsSync(cached) || build(folder, cached))
  if (existsSync(placed) && (await sha512(placed)) === (await sha512(cached))) return
  await fs.mkdir(path.dirname(placed), { recursive: true })
  await fs.copyFile(cached, placed)
}

async function build(folder, target) {
  say('building better-sqlite3 for this runtime (once, about a minute)')
  const temporary = await fs.mkdtemp(path.join(cacheFolder, 'sqlite-'))
  try {
    const copy = path.join(temporary, 'better-sqlite3')
    await fs.cp(folder, copy, {
      recursive: true,
      filter: (source) => !/[\\/](build|prebuilds|node_modules)$/.test(source),
    })
    await fs.symlink(path.dirname(folder), path.join(temporary, 'node_modules'))
    // Less optimisation halves the time; this binary only ever serves tests.
    await replaceIn(path.join(copy, 'deps/common.gypi'), /'-O3'/g, "'-O1'")
    await replaceIn(path.join(copy, 'binding.gyp'), /'-flto',? ?/g, '')
    await nodeGyp(copy)
    await fs.copyFile(path.join(copy, 'build/Release/better_sqlite3.node'), `${target}.new`)
    await fs.rename(`${target}.new`, target)
  } finally {
    await fs.rm(temporary, { recursive: true, force: true })
  }
}

async function replaceIn(file, from, to) {
  await fs.writeFile(file, (await fs.readFile(file, 'utf8')).replace(from, to))
}

async function nodeGyp(folder) {
  // Node's own headers where they are installed: they cannot be downloaded everywhere.
  const prefix = path.resolve(path.dirname(await fs.realpath(process.execPath)), '..')
  const headers = existsSync(path.join(prefix, 'include/node/node_api.h')) ? [`--nodedir=${prefix}`] : []
  const flags = '-w -UNAPI_VERSION -DNAPI_EXPERIMENTAL -DNODE_API_EXPERIMENTAL_NO_WARNING'
  const child = spawn(
    process.execPath,
    [require.resolve('node-gyp/bin/node-gyp.js'), 'rebuild', '--release', '--force_build=1', ...headers],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        JOBS: String(os.availableParallelism()),
        CXXFLAGS: `${flags} -DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT`,
      },
    },
  )
  let log = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => {
      log = (log + data).slice(-3_000)
    })
  const code = await new Promise((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(`better-sqlite3 could not be built:\n${log}`)
}
