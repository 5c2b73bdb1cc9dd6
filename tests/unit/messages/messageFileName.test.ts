import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { messageFileName } from '../../../main/messages/messageFileName'

const at = new Date(2026, 2, 4, 14, 22, 10).getTime()
const video = (person: string) => messageFileName({ kind: 'video', direction: 'in', person, at })

describe('the name of a message file', () => {
  it('says what, who and when', () => {
    expect(video('Ana Ruiz')).toBe('Video message from Ana Ruiz 2026-03-04 14.22.10.mp4')
    expect(messageFileName({ kind: 'audio', direction: 'out', person: 'Bob', at })).toBe(
      'Audio message to Bob 2026-03-04 14.22.10.m4a',
    )
    expect(messageFileName({ kind: 'text', direction: 'in', person: 'Bob', at })).toBe(
      'Note from Bob 2026-03-04 14.22.10.txt',
    )
  })

  it.each([
    ['', 'Video message 2026-03-04 14.22.10.mp4'],
    [' .. ', 'Video message 2026-03-04 14.22.10.mp4'],
    ['../../etc/passwd', 'Video message from etc passwd 2026-03-04 14.22.10.mp4'],
    ['AC/DC: "live"?', 'Video message from AC DC live 2026-03-04 14.22.10.mp4'],
    ['Ana\u202Etxt.exe', 'Video message from Ana txt.exe 2026-03-04 14.22.10.mp4'],
    ['Ana\u0000\r\nRuiz', 'Video message from Ana Ruiz 2026-03-04 14.22.10.mp4'],
    ['Zoë Łukasiewicz 山田', 'Video message from Zoë Łukasiewicz 山田 2026-03-04 14.22.10.mp4'],
  ])('makes %j safe', (person, expected) => {
    expect(video(person)).toBe(expected)
  })

  it('cuts a long name between whole characters', () => {
    const name = video('🙂'.repeat(200))
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200)
    expect(name).toMatch(/^Video message from (🙂)+ 2026-03-04 14\.22\.10\.mp4$/u)
  })

  it('is safe on every system, whoever calls', () => {
    const person = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme' }))
    const kind = fc.constantFrom('video' as const, 'audio' as const, 'text' as const)
    const direction = fc.constantFrom('in' as const, 'out' as const)
    fc.assert(
      fc.property(person, kind, direction, (who, what, way) => {
        const name = messageFileName({ kind: what, direction: way, person: who, at })
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200)
        expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*]/u)
        expect(name).toMatch(/^(Video message|Audio message|Note) .*\d\.(mp4|m4a|txt)$/u)
        expect(name).not.toMatch(/ {2}/)
        expect(name.normalize('NFC')).toBe(name)
      }),
    )
  })
})
