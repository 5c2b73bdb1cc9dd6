// `npm test`: sets up what this machine lacks, runs every suite, and closes with one line `N passed, N failed`.
// A suite that breaks off without counting is a failure too.
import { spawn } from 'node:child_process'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { ensureRuntime } from './runtime/ensureRuntime.mjs'
import { say } from './runtime/say.mjs'
import { ensureSystemPackages } from './runtime/systemPackages.mjs'

const root = path.resolve(import.meta.dirname, '..')
const node = process.execPath
const reports = await fs.mkdtemp(path.join(os.tmpdir(), 'aftertone-reports-'))
const bin = (name, file) => path.join(root, 'node_modules', name, file)

/** Runs one command with its output shown; resolves with its exit code. */
function run(args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(node, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
    child.on('error', () => resolve(1))
    child.on('close', (code) => resolve(code ?? 1))
  })
}

async function readJson(file) {
  return JSON.parse(await fs.readFile(file, 'utf8'))
}

async function vitest(project) {
  const report = path.join(reports, `${project}.json`)
  const code = await run([
    bin('vitest', 'vitest.mjs'),
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  const { numPassedTests, numFailedTests, numPendingTests } = await readJson(report)
  return { code, passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests }
}

async function endToEnd() {
  const report = path.join(reports, 'e2e.json')
  const code = await run(
    [
      'tests/runtime/withDesktop.mjs',
      'playwright',
      'test',
      '-c',
      'tests/playwright.config.ts',
      '--reporter=list,json',
    ],
    { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  )
  const { stats } = await readJson(report)
  return { code, passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
}

async function check(args) {
  const code = await run(args)
  return { code, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }
}

const suites = {
  types: () => check(['tests/types.mjs']),
  lint: () => check([bin('@biomejs/biome', 'bin/biome'), 'ci', '--colors=off', '--error-on-warnings']),
  unit: () => vitest('unit'),
  integration: () => vitest('integration'),
  'end to end': endToEnd,
}

await ensureSystemPackages('test')
const runtime = await ensureRuntime()
say(`${runtime.kind} Electron ${runtime.electron}; the product is pinned to ${runtime.wanted}`)

const total = { passed: 0, failed: 0, skipped: 0 }
const lines = []
for (const [name, suite] of Object.entries(suites)) {
  const startedAt = Date.now()
  const result = await suite().catch((error) => {
    console.error(`${name}: ${error.message}`)
    return { code: 1, passed: 0, failed: 1, skipped: 0 }
  })
  // A runner that exits badly without a failed test broke off somewhere else.
  if (result.code !== 0 && result.failed === 0) result.failed = 1
  if (result.passed === 0 && result.failed === 0) result.failed = 1
  for (const key of Object.keys(total)) total[key] += result[key]
  const seconds = Math.round((Date.now() - startedAt) / 1000)
  lines.push(
    `${name.padEnd(12)} passed ${result.passed}, failed ${result.failed}, skipped ${result.skipped} (${seconds} s)`,
  )
}
await fs.rm(reports, { recursive: true, force: true })
console.log(`\n${lines.join('\n')}\n`)
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`)
process.exit(total.failed === 0 ? 0 : 1)
