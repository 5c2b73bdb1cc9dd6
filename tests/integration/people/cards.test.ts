import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Database } from 'better-sqlite3'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { silentLog } from '../../../main/log'
import { formatInvite, parseInvite } from '../../../main/network/nearby/inviteLink'
import { LARGEST_FILE } from '../../../main/people/cards/cardFile'
import { type Cards, createCards } from '../../../main/people/cards/cardService'
import { contactPage, countContacts } from '../../../main/people/contactList'
import { insertPerson, saveContact } from '../../../main/people/peopleStore'
import { allSuggested } from '../../../main/people/suggestions'
import type { ImportReport } from '../../../preload/contract/people'
import { heldClock } from '../calls/heldClock'
import { addressOf, OURS, recordingNetwork } from '../calls/recordingNetwork'
import { testDatabase, testFolder } from '../database/testDatabase'

const nothing: ImportReport = {
  added: 0,
  merged: 0,
  unchanged: 0,
  suggested: 0,
  noAddress: 0,
  ourselves: 0,
  blocked: 0,
  conflicting: 0,
  unreadable: 0,
}
const done = (report: Partial<ImportReport>) => ({ ok: true, value: { ...nothing, ...report } })
const refused = (kind: string) => ({ ok: false, failure: { kind } })

type Setting = { db: Database; cards: Cards; shares: (number | null)[]; said: () => unknown[][] }

function setting(): Setting {
  const db = testDatabase()
  const { network, said } = recordingNetwork()
  const shares: (number | null)[] = []
  const cards = createCards({
    db,
    clock: heldClock(),
    log: silentLog,
    publish: (_, share) => shares.push(share),
    network: () => network,
    invite: {
      format: () => '',
      parse: parseInvite,
      referTo: ({ address, endpoint }) =>
        address.endsWith('@nearby.invalid')
          ? formatInvite({ address, endpoint, name: '' })
          : `xmpp:${encodeURI(address)}`,
      numberOf: () => null,
    },
    changed: () => {},
  })
  return { db, cards, shares, said }
}

let db: Database
let cards: Cards
let shares: Setting['shares']
let said: Setting['said']
let file: string

beforeEach(() => {
  ;({ db, cards, shares, said } = setting())
  file = join(testFolder(), 'contacts.vcf')
})

const card = (name: string, ...lines: string[]) =>
  `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${name}\r\n${lines.map((line) => `${line}\r\n`).join('')}END:VCARD\r\n`
const jabber = (address: string) => `X-JABBER:${address}`

function importing(...texts: (string | Buffer)[]) {
  writeFileSync(file, Buffer.concat(texts.map((text) => Buffer.from(text))))
  return cards.importFrom(file)
}

const contacts = (of = db) =>
  contactPage(of, { query: '', after: null, limit: 100_000 }).map(({ person: { name, addresses } }) => ({
    name,
    addresses: addresses.map(({ address, endpoint }) => ({ address, endpoint })),
  }))
const known = (address: string, name: string) => insertPerson(db, { id: `id of ${address}`, name, address })

const standings = () =>
  db.prepare('SELECT name, contact_since IS NOT NULL FROM people ORDER BY name').raw().all()

/** Everything that an import may touch, to compare. */
const everything = () =>
  ['people', 'addresses', 'calls', 'messages'].map((table) => db.prepare(`SELECT * FROM ${table}`).all())

describe('a file of contacts', () => {
  test('brings in whom Aftertone can call and says what became of the rest', async () => {
    known('carol@example.org', 'carol from work')
    known('dave@example.org', 'dave')
    db.prepare("UPDATE people SET blocked_at = 1 WHERE name = 'dave'").run()
    known('eve@example.org', 'eve')
    const report = await importing(
      card('Ana', jabber('ana@example.org')),
      card('Bob', jabber('bob@example.org'), `IMPP:aftertone:add?key=${'b'.repeat(51)}a&at=10.0.0.1:4711`),
      card('Carol', jabber('carol@example.org')),
      card('Dave', jabber('dave@example.org')),
      card('Eve', 'EMAIL:Eve@example.org'),
      card('Frank', 'EMAIL:frank@example.org', 'TEL:1234'),
      card('Me', `IMPP:xmpp:${OURS}`),
      card('Ana again', jabber('ANA@example.org')),
      card('Bob from home', jabber('bob@example.org'), jabber('bob@home.example')),
      card('Ana and Bob', jabber('bob@example.org'), jabber('ana@example.org')),
      card('', jabber('nameless@example.org')),
    )
    expect(report).toEqual(
      done({
        added: 3,
        merged: 2,
        blocked: 1,
        suggested: 1,
        noAddress: 1,
        ourselves: 1,
        unchanged: 1,
        conflicting: 1,
      }),
    )
    const at = (address: string, endpoint: string | null = null) => ({ address, endpoint })
    expect(contacts()).toEqual([
      { name: 'Ana', addresses: [at('ana@example.org')] },
      {
        name: 'Bob',
        addresses: [at(addressOf('b'), '10.0.0.1:4711'), at('bob@example.org'), at('bob@home.example')],
      },
      { name: 'Carol', addresses: [at('carol@example.org')] },
      { name: 'nameless@example.org', addresses: [at('nameless@example.org')] },
    ])
    expect(allSuggested(db)).toEqual([{ personId: 'id of eve@example.org', reason: 'imported' }])
    const told = said().map(([what, contact]) => [what, (contact as { address: string }).address])
    expect(new Set(told.map(([what]) => what))).toEqual(new Set(['addContact']))
    expect(told.map(([, address]) => address)).not.toContain(OURS)
    expect(shares[0]).toBe(0)
    expect(shares.at(-1)).toBeNull()
  })

  test('makes two people one whom it says to be one, and taking it back parts them', async () => {
    for (const address of ['desk@example.org', 'phone@example.org']) known(address, address)
    db.prepare(
      `INSERT INTO calls (id, person_id, direction, media, started_at, phase, ended_at, outcome, seen, late)
       VALUES ('c', 'id of phone@example.org', 'in', 'audio', 1, 'ended', 1, 'answered', 1, 0)`,
    ).run()
    const before = everything()
    expect(await importing(card('Bob', jabber('desk@example.org'), jabber('phone@example.org')))).toEqual(
      done({ merged: 1 }),
    )
    expect(standings()).toEqual([['Bob', 1]])
    expect(db.prepare('SELECT person_id FROM calls').pluck().all()).toEqual(['id of desk@example.org'])
    await cards.handlers['people/undoImport']()
    const sorted = (tables: unknown[][]) =>
      tables.map((rows) => rows.map((row) => JSON.stringify(row)).sort())
    expect(sorted(everything())).toEqual(sorted(before))
  })

  test('is taken back as a whole, except for whom was called meanwhile', async () => {
    known('carol@example.org', 'carol from work')
    saveContact(db, { id: 'id of carol@example.org', name: 'Carol', at: 1 })
    await importing(
      card('Ana', jabber('ana@example.org')),
      card('Bob', jabber('bob@example.org')),
      card('C.', jabber('carol@example.org'), jabber('carol@home.example')),
    )
    expect(countContacts(db, '')).toBe(3)
    const bob = contactPage(db, { query: 'bob', after: null, limit: 1 })[0]?.person.id
    db.prepare(
      `INSERT INTO calls (id, person_id, direction, media, started_at, phase, ended_at, outcome, seen, late)
       VALUES ('c', ?, 'out', 'audio', 1, 'ended', 1, 'answered', 1, 0)`,
    ).run(bob)
    await cards.handlers['people/undoImport']()
    expect(contacts()).toEqual([
      { name: 'Carol', addresses: [{ address: 'carol@example.org', endpoint: null }] },
    ])
    expect(standings()).toEqual([
      ['Bob', 0],
      ['Carol', 1],
    ])
    // Once is all there is to take back.
    await cards.handlers['people/undoImport']()
    expect(countContacts(db, '')).toBe(1)
    expect(db.pragma('foreign_key_check')).toEqual([])
  })

  test('read a second time changes nothing', async () => {
    const text = card('Ana', jabber('ana@example.org'), jabber('ana@home.example'))
    await importing(text)
    const before = everything()
    expect(await importing(text, text)).toEqual(done({ unchanged: 2 }))
    expect(everything()).toEqual(before)
  })

  test.each([
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'not-contacts'],
    ['a long text', 'Not a card. '.repeat(200_000), 'not-contacts'],
    ['nothing', '', 'not-contacts'],
  ])('that is %s is none', async (_, content, kind) => {
    expect(await importing(content)).toEqual(refused(kind))
  })

  test('that is a folder, not there or too large is said', async () => {
    mkdirSync(`${file}.d`)
    expect(await cards.importFrom(`${file}.d`)).toEqual(refused('file-unreadable'))
    expect(await cards.importFrom(`${file}.gone`)).toEqual(refused('file-unreadable'))
    writeFileSync(file, card('Ana', jabber('ana@example.org')))
    truncateSync(file, LARGEST_FILE + 1)
    expect(await cards.importFrom(file)).toEqual(refused('file-too-large'))
  })

  test('in UTF-16 is read as any other', async () => {
    const text = card('Zoë 🎣', jabber('zoe@example.org'))
    expect(await importing(Buffer.from('\ufeff', 'utf16le'), Buffer.from(text, 'utf16le'))).toEqual(
      done({ added: 1 }),
    )
    expect(contacts()[0]?.name).toBe('Zoë 🎣')
  })
})

describe('20,000 contacts', () => {
  const MANY = 20_000
  const photo = `PHOTO;ENCODING=b;TYPE=JPEG:${'A'.repeat(60)}\r\n${` ${'B'.repeat(74)}\r\n`.repeat(4)}`
  const many = () =>
    Array.from({ length: MANY }, (_, index) =>
      card(`Person ${index}`, photo.trimEnd(), jabber(`person${index}@example.org`)),
    ).join('')

  test('come in, go out and are taken back in short turns', async () => {
    writeFileSync(file, many())
    let turns = 0
    let going = true
    const others = async () => {
      for (; going; turns++) await nextTurn()
    }
    const counting = others()
    expect(await cards.importFrom(file)).toEqual(done({ added: MANY }))
    expect(countContacts(db, 'person 19999')).toBe(1)
    const target = `${file}.out`
    expect(await cards.exportTo(target)).toEqual({
      ok: true,
      value: { fileName: 'contacts.vcf.out', people: MANY },
    })
    await cards.handlers['people/undoImport']()
    going = false
    await counting
    expect(countContacts(db, '')).toBe(0)
    // So often everything else had its turn; the work takes about a second on a fast machine.
    expect(turns).toBeGreaterThan(60)
    expect(readFileSync(target, 'utf8').match(/^END:VCARD/gm)).toHaveLength(MANY)
  })

  test('can be stopped, and then nothing has happened', async () => {
    known('person3@example.org', 'met before')
    const before = everything()
    writeFileSync(file, many())
    const running = cards.importFrom(file)
    await expect.poll(() => countContacts(db, ''), { interval: 1 }).toBeGreaterThan(10)
    expect(await cards.importFrom(file)).toEqual(refused('already-importing'))
    cards.handlers['people/cancelImport']()
    expect(await running).toEqual(refused('cancelled'))
    expect(everything()).toEqual(before)
    expect(said()).toEqual([])
    expect(shares.at(-1)).toBeNull()
  })
})

describe('what is exported', () => {
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 120 })
    .map((text) =>
      text
        .replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((text) => text !== '')
  const person = fc.record({ name, addresses: fc.integer({ min: 1, max: 3 }), endpoint: fc.boolean() })

  test('is the same when it is imported again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(person, { maxLength: 6 }), async (people) => {
        const one = setting()
        for (const [index, { name, addresses, endpoint }] of people.entries()) {
          const id = `p${index}`
          const first = `${'abcdef'[index]}${'b'.repeat(50)}a@nearby.invalid`
          insertPerson(one.db, { id, name, address: first })
          if (endpoint)
            one.db.prepare('UPDATE addresses SET endpoint = ? WHERE address = ?').run('10.0.0.1:99', first)
          for (let more = 1; more < addresses; more++) {
            one.db
              .prepare('INSERT INTO addresses (address, person_id) VALUES (?, ?)')
              .run(`${id}.${more}+x@ex.org`, id)
          }
          saveContact(one.db, { id, name, at: 1 })
        }
        expect(await one.cards.exportTo(file)).toMatchObject({ ok: true })
        const other = setting()
        if (people.length > 0) {
          expect(await other.cards.importFrom(file)).toEqual(done({ added: people.length }))
        }
        const sorted = (of: Database) =>
          contacts(of)
            .map((contact) => JSON.stringify(contact))
            .sort()
        expect(sorted(other.db)).toEqual(sorted(one.db))
      }),
      { numRuns: 30 },
    )
  })

  test('leaves what was there alone when it cannot be written', async () => {
    const folder = join(testFolder(), 'gone')
    expect(await cards.exportTo(join(folder, 'contacts.vcf'))).toEqual(refused('unwritable'))
    expect(existsSync(folder)).toBe(false)
    const taken = testFolder()
    mkdirSync(join(taken, 'contacts.vcf'))
    expect(await cards.exportTo(join(taken, 'contacts.vcf'))).toEqual(refused('unwritable'))
    expect(readdirSync(taken)).toEqual(['contacts.vcf'])
  })
})
