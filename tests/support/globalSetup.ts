import { ensureRuntime, runtimeEnvironment } from '../runtime/ensureRuntime.mjs'

/** Playwright asks the electron package for the executable; on machines without its download this names ours. */
export default async function globalSetup() {
  Object.assign(process.env, runtimeEnvironment(await ensureRuntime()))
}
