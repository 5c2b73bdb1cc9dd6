// `npm run bench [--json FILE] [name…]`: every figure as a ratio against something measured in the same run.
import fs from 'node:fs/promises'
import os from 'node:os'
import { benchDelivery } from './delivery'
import { benchHistory } from './history'
import { benchPrepare } from './prepare'
import type { BenchRow } from './row'
import { benchStartUp } from './startUp'
import { benchStopToPreview } from './stopToPreview'

const benches: Record<string, () => Promise<BenchRow[]>> = {
  stop: benchStopToPreview,
  prepare: benchPrepare,
  delivery: benchDelivery,
  history: benchHistory,
  start: benchStartUp,
}

const words = process.argv.slice(2)
const jsonAt = words.indexOf('--json')
const jsonFile = jsonAt >= 0 ? words.splice(jsonAt, 2)[1] : undefined
const chosen = words.length > 0 ? words : Object.keys(benches)

const number = (value: number) => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)

const rows: BenchRow[] = []
const loadBefore = os.loadavg()[0]
for (const name of chosen) {
  const bench = benches[name]
  if (!bench) throw new Error(`no benchmark named ${name}; there are ${Object.keys(benches).join(', ')}`)
  console.log(`\n${name}`)
  for (const row of await bench()) {
    rows.push(row)
    const reference = row.reference === null ? '' : ` against ${number(row.reference)} ${row.unit}`
    const ratio = row.ratio === null ? '' : ` = ${row.ratio.toFixed(2)} ×`
    console.log(`  ${row.name}: ${number(row.ours)} ${row.unit}${reference}${ratio}  (budget ${row.budget})`)
  }
}
const machine = { cores: os.availableParallelism(), loadBefore, loadAfter: os.loadavg()[0] }
console.log(`\n${machine.cores} cores, load ${loadBefore?.toFixed(1)} → ${machine.loadAfter?.toFixed(1)}`)
if (jsonFile) await fs.writeFile(jsonFile, `${JSON.stringify({ machine, rows }, null, 2)}\n`)
