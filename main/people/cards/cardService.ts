import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Database } from 'better-sqlite3'
import type { Handlers, Publish } from '../../../preload/contract/channels'
import type {
  ImportFailure,
  ImportReport,
  PeopleEvents,
  PeopleRequests,
} from '../../../preload/contract/people'
import { failed, ok, type Result } from '../../../preload/contract/result'
import type { SaveFailure } from '../../../preload/contract/takes'
import type { Clock } from '../../clock'
import type { Log } from '../../log'
import type { Network } from '../../network/network'
import { isDiskFull, renameDurably } from '../../transcoder/durableFile'
import { contactPage } from '../contactList'
import type { Invites } from '../contacts'
import { applyCard, type ImportStep, takeBack } from './applyCard'
import { type CardAddress, cardAddresses } from './cardAddresses'
import { openCardFile } from './cardFile'
import type { CardLines } from './cardSplitter'
import { readCard } from './readCard'
import { shortTurns } from './shortTurns'
import { writeCard } from './writeCard'

/** So many contacts are read from the database at once for an export. */
const EXPORT_PAGE = 200

export type CardChannel =
  | 'people/importFile'
  | 'people/exportFile'
  | 'people/cancelImport'
  | 'people/undoImport'

export type Cards = {
  handlers: Pick<Handlers<PeopleRequests>, 'people/cancelImport' | 'people/undoImport'>
  importFrom(path: string): Promise<Result<ImportReport, ImportFailure>>
  exportTo(path: string): Promise<Result<{ fileName: string; people: number }, SaveFailure>>
}

const nothing = (): ImportReport => ({
  added: 0,
  merged: 0,
  unchanged: 0,
  suggested: 0,
  noAddress: 0,
  ourselves: 0,
  blocked: 0,
  conflicting: 0,
  unreadable: 0,
})

/** Files of contacts, in and out. Works in short turns, since the same process carries calls. */
export function createCards({
  db,
  clock,
  log,
  publish,
  network,
  invite,
  changed,
}: {
  db: Database
  clock: Clock
  log: Log
  publish: Publish<Pick<PeopleEvents, 'people/importing'>>
  network: () => Network
  invite: Invites
  /** Many contacts changed. */
  changed: () => void
}): Cards {
  let running: AbortController | null = null
  /** What the last import did, as long as the app runs. */
  let last: ImportStep[] = []

  async function importFrom(path: string): Promise<Result<ImportReport, ImportFailure>> {
    if (running) return failed({ kind: 'already-importing' })
    const stop = new AbortController()
    running = stop
    publish('people/importing', 0)
    const steps: ImportStep[] = []
    const news: CardAddress[] = []
    try {
      const report = await takeOver(path, { steps, news, stop: stop.signal })
      if (!report.ok) {
        await undo(steps)
        return report
      }
      last = steps
      log.info('contacts imported', report.value)
      await tellNetwork(news)
      return report
    } finally {
      running = null
      publish('people/importing', null)
      changed()
    }
  }

  async function takeOver(
    path: string,
    { steps, news, stop }: { steps: ImportStep[]; news: CardAddress[]; stop: AbortSignal },
  ): Promise<Result<ImportReport, ImportFailure>> {
    const file = await openCardFile(path)
    if (!file.ok) return file
    const report = nothing()
    const turns = shortTurns()
    try {
      for await (const { cards, share } of file.value.pieces()) {
        for (const lines of cards) {
          if (stop.aborted) return failed({ kind: 'cancelled' })
          report[take(lines, steps, news)] += 1
          await turns.rest()
        }
        publish('people/importing', share)
      }
    } catch (error) {
      log.warn('the file of contacts could not be read to its end', error)
      return failed({ kind: 'file-unreadable' })
    }
    return stop.aborted ? failed({ kind: 'cancelled' }) : ok(report)
  }

  function take(lines: CardLines, steps: ImportStep[], news: CardAddress[]): keyof ImportReport {
    const card = readCard(lines)
    if (!card) return 'unreadable'
    const planned = { name: card.name, emails: card.emails, addresses: cardAddresses(card, invite.parse) }
    const applied = applyCard(db, planned, clock.now(), network().self)
    steps.push(...applied.steps)
    if (applied.outcome === 'added' || applied.outcome === 'merged') news.push(...planned.addresses)
    return applied.outcome
  }

  async function undo(steps: ImportStep[]): Promise<void> {
    const turns = shortTurns()
    for (let step = steps.pop(); step; step = steps.pop()) {
      takeBack(db, step)
      await turns.rest()
    }
  }

  /** Only once it is sure that they stay. */
  async function tellNetwork(news: CardAddress[]): Promise<void> {
    const turns = shortTurns()
    for (const contact of news) {
      if (contact.address !== network().self) network().addContact(contact)
      await turns.rest()
    }
  }

  async function* written(count: { people: number }): AsyncGenerator<string> {
    for (let after = null, more = true; more; ) {
      const rows = contactPage(db, { query: '', after, limit: EXPORT_PAGE })
      more = rows.length === EXPORT_PAGE
      after = rows.at(-1)?.cursor ?? null
      count.people += rows.length
      yield rows
        .map(({ person: { id, name, addresses } }) =>
          writeCard({ id, name, references: addresses.map(invite.referTo) }),
        )
        .join('')
    }
  }

  return {
    handlers: {
      'people/cancelImport': () => {
        running?.abort()
        return null
      },
      async 'people/undoImport'() {
        if (running) return null
        await undo(last)
        changed()
        return null
      },
    },
    importFrom,
    async exportTo(path) {
      const part = join(dirname(path), `.${randomUUID()}.part`)
      const count = { people: 0 }
      try {
        await pipeline(Readable.from(written(count)), createWriteStream(part, { flags: 'wx' }))
        await renameDurably(part, path)
      } catch (error) {
        await rm(part, { force: true })
        log.warn('contacts could not be exported', error)
        return failed({ kind: isDiskFull(error) ? 'disk-full' : 'unwritable' })
      }
      return ok({ fileName: basename(path), people: count.people })
    },
  }
}
