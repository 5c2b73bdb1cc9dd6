import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { formatInvite, parseInvite } from '../../../../main/network/nearby/inviteLink'
import { cardAddresses } from '../../../../main/people/cards/cardAddresses'
import { createCardSplitter } from '../../../../main/people/cards/cardSplitter'
import { type Card, readCard } from '../../../../main/people/cards/readCard'
import { writeCard } from '../../../../main/people/cards/writeCard'
import { apple, google, outlook, standard, windows1252 } from './cardSamples'

const key = `${'k'.repeat(51)}a`
const nearby = `${key}@nearby.invalid`

/** Cuts the file into pieces of `size` bytes, as a stream might. */
function read(file: string | Buffer, size = Number.POSITIVE_INFINITY): (Card | null)[] {
  const bytes = Buffer.from(file)
  const splitter = createCardSplitter()
  const cards = []
  for (let at = 0; at < bytes.length; at += size) cards.push(...splitter.push(bytes.subarray(at, at + size)))
  return [...cards, ...splitter.end()].map(readCard)
}

function addressesIn(file: string | Buffer): string[] {
  const [card] = read(file)
  return card ? cardAddresses(card, parseInvite).map(({ address }) => address) : []
}

const samples = { apple: apple.replace('KEY', key), google, outlook, standard, windows1252 }
const expected = {
  apple: { name: 'Dr. Ana María Ruiz', addresses: ['ana.ruiz@jabber.example', nearby] },
  google: { name: '山田 太郎 🎣', addresses: ['taro@chat.example'] },
  outlook: { name: 'Jörg Müller – Geschäftsführung', addresses: ['joerg@firma.example'] },
  standard: { name: 'Zoë Ruiz', addresses: ['zoe+calls@chat.example'] },
  windows1252: { name: 'Søren Bjørk', addresses: ['soren@chat.example'] },
}

describe.each(Object.keys(samples) as (keyof typeof samples)[])('a card of %s', (from) => {
  it('gives its name and the addresses that can be called', () => {
    const cards = read(samples[from])
    expect(cards).toHaveLength(1)
    expect(cards[0]?.name).toBe(expected[from].name)
    expect(addressesIn(samples[from])).toEqual(expected[from].addresses)
  })

  it('is the same in whatever pieces it comes', () => {
    for (const size of [1, 2, 3, 7, 64]) expect(read(samples[from], size)).toEqual(read(samples[from]))
  })
})

const card = (...lines: string[]) => ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n')

test.each([
  ['the formatted name', ['FN:Ana', 'N:Ruiz;Bea'], 'Ana'],
  ['the name in parts', ['FN:', 'N:Ruiz;Ana;M.;Dr.;Jr.'], 'Dr. Ana M. Ruiz Jr.'],
  ['only a family name', ['N:Ruiz'], 'Ruiz'],
  ['the nickname', ['NICKNAME:Anita,Ani'], 'Anita'],
  ['the company', ['ORG:Acme\\, Inc;Sales'], 'Acme, Inc Sales'],
  ['nothing', ['EMAIL:ana@example.org'], ''],
  ['right to left', ['FN:نور الدين'], 'نور الدين'],
  ['escapes', ['FN:a\\, b\\; c\\\\d'], 'a, b; c\\d'],
  ['a line break', ['FN;ENCODING=QUOTED-PRINTABLE:Ana=0D=0ARuiz'], 'Ana Ruiz'],
  ['a broken quote', ['FN;ENCODING=QUOTED-PRINTABLE:50=% =ZZ off='], '50=% =ZZ off'],
  ['an unknown character set', ['FN;CHARSET=martian:Ana'], 'Ana'],
  ['broken parameters', ['FN;X="unterminated:Ana'], 'Ana'],
])('the name is %s', (_, lines, name) => {
  expect(read(card(...lines))[0]?.name).toBe(name)
})

test.each([
  ['an e-mail address', ['EMAIL:ana@example.org'], []],
  ['a web address with a name in it', ['URL:https://ana@example.org/'], []],
  ['another service', ['IMPP:sip:ana@example.org'], []],
  ['an account', ['IMPP:xmpp:ana@example.org'], ['ana@example.org']],
  ['an account with a resource', ['IMPP:xmpp:ana@example.org/phone?message'], ['ana@example.org']],
  ['an account with an authority', ['IMPP:xmpp://me@x.example/ana@example.org'], ['me@x.example']],
  ['an account twice', ['X-JABBER:Ana@Example.org', 'IMPP:xmpp:ana@example.org'], ['ana@example.org']],
  ['an invite', [`X-AFTERTONE:aftertone:add?key=${key}`], [nearby]],
  ['an invite as a web address', [`URL:aftertone://add?key=${key.toUpperCase()}`], [nearby]],
  ['a bad key', ['IMPP:aftertone:add?key=0'], []],
  ['a nearby address as an account', [`IMPP:xmpp:${nearby}`], [nearby]],
  ['broken escapes', ['IMPP:xmpp:%zz@example.org'], ['%zz@example.org']],
])('%s', (_, lines, addresses) => {
  expect(addressesIn(card(...lines))).toEqual(addresses)
})

describe('a file', () => {
  it('may have cards without an end, within each other and between other text', () => {
    const text = `hello\r\nBEGIN:VCARD\r\nFN:Ana\r\n${card('FN:Bea')}\r\nFN:nobody\r\nBEGIN:VCARD\r\nFN:Cleo`
    expect(read(text).map((one) => one?.name)).toEqual(['Ana', 'Bea', 'Cleo'])
  })

  it('may have line breaks of either kind, blank lines and trailing spaces', () => {
    expect(read('BEGIN:VCARD \n\nFN:Ana\n\nEND:VCARD \n')).toMatchObject([{ name: 'Ana' }])
  })

  it('keeps nothing of a picture, folded or in one line of 30 MB', () => {
    const folded = `PHOTO;ENCODING=b:${'A'.repeat(70)}\r\n${` ${'B'.repeat(74)}\r\n`.repeat(20_000)}`
    const huge = `PHOTO:${'C'.repeat(30 * 1024 * 1024)}\r\n`
    for (const photo of [folded, huge]) {
      const splitter = createCardSplitter()
      const text = Buffer.from(card('FN:Ana').replace('END:', `${photo}END:`))
      const cards = []
      for (let at = 0; at < text.length; at += 65_536)
        cards.push(...splitter.push(text.subarray(at, at + 65_536)))
      expect(cards).toHaveLength(1)
      expect(Buffer.concat(cards[0] ?? []).length).toBeLessThan(100)
      expect(cards.map(readCard)).toMatchObject([{ name: 'Ana' }])
    }
  })

  it('is read to its end with a line of any length that we do read', () => {
    const endless = `FN:${'x'.repeat(70_000)}\r\nNICKNAME:Ana`
    const foldedEndless = `FN:x\r\n${` ${'y'.repeat(70)}\r\n`.repeat(2_000)}NICKNAME:Ana`
    for (const line of [endless, foldedEndless]) expect(read(card(line))).toMatchObject([{ name: 'Ana' }])
  })

  it('of anything at all throws nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(30), (noise, at) => {
        const bytes = Buffer.from(card('FN:Ana', 'X-JABBER:ana@example.org'))
        const mixed = Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at)])
        for (const one of read(mixed, 16)) if (one) cardAddresses(one, parseInvite)
      }),
    )
  })
})

describe('what is written', () => {
  const oneLine = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 500 })
    .map((text) => text.replace(/\s+/g, ' ').trim())
    .filter((text) => text !== '')

  it('is read again as it was', () => {
    fc.assert(
      fc.property(oneLine, fc.option(fc.ipV4(), { nil: null }), (name, ip) => {
        const endpoint = ip === null ? null : `${ip}:4711`
        const link = formatInvite({ address: nearby, endpoint, name: '' })
        const text = writeCard({ id: 'x', name, references: [link, 'xmpp:bob@example.org'] })
        const [back] = read(text)
        expect(back?.name).toBe(name)
        expect(back && cardAddresses(back, parseInvite)).toEqual([
          { address: nearby, endpoint },
          { address: 'bob@example.org', endpoint: null },
        ])
      }),
    )
  })

  it('keeps to 75 bytes a line, in whole characters', () => {
    const text = writeCard({ id: 'x', name: '😀é'.repeat(100), references: [] })
    for (const line of text.split('\r\n')) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
      expect(line).not.toMatch(/�/)
    }
  })
})
