import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { Database } from 'better-sqlite3'
import { systemClock } from '../../main/clock'
import { openDatabase } from '../../main/database/openDatabase'
import { createHistory } from '../../main/history/historyService'
import { silentLog } from '../../main/log'
import { createPeople } from '../../main/people/peopleService'
import { historyFilter } from '../../preload/contract/history'
import { failed } from '../../preload/contract/result'
import { defaultSettings } from '../../preload/contract/settings'
import { recordingNetwork } from '../integration/calls/recordingNetwork'
import { fillHistory } from '../integration/history/historyRows'
import { median } from '../support/median'
import type { BenchRow } from './row'

const CALLS = 100_000
const PAGE = 50
const ROUNDS = 200
const filters = historyFilter.options.filter((filter) => filter !== 'all')
/** A name of few, what every name begins with, what every note begins with, an address, no letter, nobody. */
const searches = ['Person 17', 'p', 'note', 'person42@example.org', '*', 'zzz']

/** The history of years: what a page of it costs in the main process, against the barest statement that could read it. */
export async function benchHistory(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'aftertone-bench-'))
  try {
    return measure(join(folder, 'aftertone.db'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function measure(file: string): BenchRow[] {
  const filled = opened(file)
  fillHistory(filled.db, { people: 300, calls: CALLS, messages: 5_000 })
  filled.close()

  const opening = performance.now()
  const { db, close } = opened(file)
  const openMs = performance.now() - opening
  const { 'history/page': page, 'history/unseen': unseen } = historyOn(db)
  const bare = db.prepare(
    'SELECT * FROM calls WHERE deleted_at IS NULL ORDER BY started_at DESC, id DESC LIMIT 50',
  )
  const middle = db
    .prepare<[], { startedAt: number; callId: string }>(
      `SELECT started_at AS startedAt, id AS callId FROM calls WHERE deleted_at IS NULL
       ORDER BY started_at DESC, id DESC LIMIT 1 OFFSET ${CALLS - 200}`,
    )
    .get()
  const after = middle ?? null

  // Taken in turns, so that what else the machine does falls on all of them alike.
  const runs: Record<string, () => unknown> = {
    bare: () => bare.all(),
    first: () => page({ filter: 'all', after: null, limit: PAGE }),
    deep: () => page({ filter: 'all', after, limit: PAGE }),
    ...Object.fromEntries(
      filters.map((filter) => [filter, () => page({ filter, after: null, limit: PAGE })]),
    ),
    oldest: () => page({ filter: 'all', after: null, towards: 'newer', limit: PAGE }),
    ...Object.fromEntries(
      searches.map((search) => [
        `“${search}”`,
        () => page({ filter: 'all', search, after: null, limit: PAGE }),
      ]),
    ),
    unseen: () => unseen(),
  }
  const times = new Map<string, number[]>(Object.keys(runs).map((name) => [name, []]))
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, run] of Object.entries(runs)) {
      const start = performance.now()
      run()
      times.get(name)?.push(performance.now() - start)
    }
  }
  close()
  const took = (name: string) => median(times.get(name) ?? [])
  const row = (name: string, run: string): BenchRow => ({
    name,
    ours: took(run),
    reference: took('bare'),
    unit: 'ms',
    ratio: took(run) / took('bare'),
    budget: '≤ 5 ms',
  })
  const alone = (name: string, ours: number, budget: string): BenchRow => ({
    name,
    ours,
    reference: null,
    unit: 'ms',
    ratio: null,
    budget,
  })
  return [
    row('first page of 100,000 calls, against the bare rows', 'first'),
    row('a page at the far end, against the bare first rows', 'deep'),
    ...filters.map((filter) => row(`first page of the filter “${filter}”, against the bare rows`, filter)),
    row('last page, from the end, against the bare first rows', 'oldest'),
    ...searches.map((search) => alone(`search for “${search}”`, took(`“${search}”`), '≤ 5 ms')),
    alone('count of what is unseen', took('unseen'), '≤ 5 ms'),
    alone('open and check the database', openMs, 'none'),
  ]
}

function opened(file: string) {
  const result = openDatabase({ file, clock: systemClock, log: silentLog })
  if (!result.ok) throw new Error(result.failure.kind)
  return result.value
}

function historyOn(db: Database) {
  const { network } = recordingNetwork()
  const settings = { get: () => defaultSettings }
  const people = createPeople({
    db,
    clock: systemClock,
    log: silentLog,
    publish: () => {},
    network: () => network,
    invite: {
      format: () => '',
      parse: () => failed({ kind: 'invite-malformed' }),
      referTo: () => '',
      numberOf: () => null,
    },
    settings,
    requestsAnswered() {},
  })
  const messages = { hold() {}, release() {}, async forget() {} }
  return createHistory({ db, clock: systemClock, log: silentLog, publish: () => {}, people, messages })
    .handlers
}
