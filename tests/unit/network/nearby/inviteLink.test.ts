import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatEndpoint, parseEndpoint } from '../../../../main/network/nearby/endpoint'
import { addressOf, createIdentity } from '../../../../main/network/nearby/identity'
import { formatInvite, parseInvite } from '../../../../main/network/nearby/inviteLink'

const address = addressOf(createIdentity())
const key = address.slice(0, 52)

describe('an invite', () => {
  test('reads as a person would expect', () => {
    expect(formatInvite({ address, endpoint: '192.0.2.7:23456', name: 'Ana Ruiz & Söhne' })).toBe(
      `aftertone:add?key=${key}&at=192.0.2.7:23456&name=Ana+Ruiz+%26+S%C3%B6hne`,
    )
    expect(formatInvite({ address, endpoint: null, name: '' })).toBe(`aftertone:add?key=${key}`)
  })

  test('gives back what it was made of', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.option(fc.constantFrom('127.0.0.1:1', 'host.example:65535', '[fd00::2]:20000')),
        (name, endpoint) => {
          const parsed = parseInvite(formatInvite({ address, endpoint, name }))
          expect(parsed).toMatchObject({ ok: true, value: { address, endpoint } })
          if (parsed.ok && /^\p{L}*$/u.test(name))
            expect(parsed.value.name).toBe(name.toWellFormed().slice(0, 100))
        },
      ),
    )
  })

  test('is read however it was pasted', () => {
    for (const link of [
      ` aftertone:add?key=${key}\n`,
      `aftertone://add?key=${key}`,
      `aftertone://add/?key=${key}`,
      `AFTERTONE:ADD?key=${key.toUpperCase()}`,
    ]) {
      expect(parseInvite(link)).toEqual({ ok: true, value: { address, endpoint: null, name: '' } })
    }
  })

  for (const [link, kind] of [
    ['', 'invite-malformed'],
    ['hello', 'invite-malformed'],
    ['https://example.org/?key=x', 'invite-malformed'],
    ['aftertone:add', 'invite-malformed'],
    ['aftertone:add?', 'invite-malformed'],
    ['aftertone:add?name=Bob', 'invite-malformed'],
    [`aftertone:remove?key=${key}`, 'invite-malformed'],
    [`aftertone:add?key=${key}&at=nowhere`, 'invite-malformed'],
    [`aftertone:add?key=${key}&at=host:99999`, 'invite-malformed'],
    [`aftertone:add?key=${key}&at=a%20b:1`, 'invite-malformed'],
    [`aftertone:add?key=${key}&name=${'x'.repeat(3000)}`, 'invite-malformed'],
    [`aftertone:add?key=${key.slice(1)}`, 'bad-key'],
    [`aftertone:add?key=${key}a`, 'bad-key'],
    [`aftertone:add?key=${'1'.repeat(52)}`, 'bad-key'],
    [`aftertone:add?key=${'a'.repeat(51)}b`, 'bad-key'],
  ] as const) {
    test(`${kind}: ${link.slice(0, 100)}`, () => {
      expect(parseInvite(link)).toEqual({ ok: false, failure: { kind } })
    })
  }

  test('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseInvite(`aftertone:add?${text}`)))
  })
})

describe('an endpoint', () => {
  for (const text of ['192.0.2.1:1', 'bobs-computer.local:65535', '[fd00::2]:5', 'localhost:80']) {
    test(`is ${text}`, () => {
      const endpoint = parseEndpoint(text)
      expect(endpoint && formatEndpoint(endpoint)).toBe(text)
    })
  }
  for (const text of [
    '',
    ':1',
    'a:',
    'a:0',
    'a:65536',
    'fd00::2:5',
    '[a]:5',
    '-a:1',
    'a b:1',
    'a/b:1',
    'a:1:2',
    '@a:1',
  ]) {
    test(`is not "${text}"`, () => expect(parseEndpoint(text)).toBeNull())
  }
})
