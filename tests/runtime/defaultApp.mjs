// Copied into the stand-in Electron: takes `-r` modules and the app's path from the command line and runs the
// app, as Electron's own default_app does (https://github.com/electron/electron/tree/main/default_app).
import fs from 'node:fs'
import Module from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const modules = []
let file
const words = process.argv.slice(1)
while (words.length > 0 && !file) {
  const word = words.shift()
  if (word === '-r' || word === '--require') modules.push(words.shift())
  else if (word.startsWith('--app=')) file = word.slice('--app='.length)
  else if (!word.startsWith('-')) file = word
}

if (file) {
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })
  if (modules.length > 0) Module._preloadModules(modules)
  await start(path.resolve(file))
} else {
  console.error('usage: electron [-r module] path')
  app.exit(2)
}

async function start(folder) {
  try {
    const manifestFile = path.join(folder, 'package.json')
    const manifest = fs.existsSync(manifestFile) ? JSON.parse(fs.readFileSync(manifestFile, 'utf8')) : null
    if (manifest?.version) app.setVersion(manifest.version)
    app.name = manifest?.productName ?? manifest?.name ?? 'Electron'
    app.setDesktopName(`${app.name}.desktop`)
    const main = Module._resolveFilename(folder, null, true)
    app.setAppPath(manifest ? folder : path.dirname(main))
    await import(pathToFileURL(main).href)
  } catch (error) {
    console.error('The app could not be loaded:', error)
    app.exit(1)
  }
}
