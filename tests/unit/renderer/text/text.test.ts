import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { t } from '../../../../renderer/text/text'

const renderer = join(import.meta.dirname, '../../../../renderer')
const english = join(renderer, 'text/en')

type Sentence = string | { one: string; other: string }

const sentences = readdirSync(english).flatMap((file) => {
  const words: Record<string, Sentence> = JSON.parse(readFileSync(join(english, file), 'utf8'))
  return Object.entries(words).map(([name, sentence]) => ({
    key: `${file.replace('.json', '')}.${name}`,
    forms: typeof sentence === 'string' ? [sentence] : [sentence.one, sentence.other],
  }))
})

const sources = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => ({ file, source: readFileSync(join(renderer, file), 'utf8') }))
const everything = sources.map(({ source }) => source).join('\n')

const holesOf = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)

describe('every sentence', () => {
  it.each(sentences)('$key speaks calmly', ({ forms }) => {
    for (const sentence of forms) {
      expect(sentence).not.toMatch(/!/)
      expect(sentence.trim()).toBe(sentence)
      expect(sentence).not.toBe('')
      // Proper quotation marks and apostrophes, three dots as one sign.
      expect(sentence).not.toMatch(/'|"|\.\.\./)
    }
  })

  it.each(sentences)('$key is used somewhere', ({ key }) => {
    expect(everything.includes(`'${key}'`)).toBe(true)
  })

  it.each(sentences)('$key asks for the same in each plural form', ({ forms }) => {
    const [first = '', ...others] = forms
    for (const other of others) expect(holesOf(other).sort()).toEqual(holesOf(first).sort())
  })
})

describe('what the screens ask for', () => {
  const calls = sources.flatMap(({ file, source }) =>
    [...source.matchAll(/\bt\(\s*'([\w.]+)'(?:,\s*\{([^}]*)\})?/g)].map(([, key = '', given = '']) => ({
      file,
      key,
      given: [...given.matchAll(/(?:^|[,{\s])(\w+)(?=\s*[:,}]|\s*$)/g)].map(([, name]) => name ?? ''),
    })),
  )

  it('is found by this test', () => {
    expect(calls.length).toBeGreaterThan(100)
  })

  it.each(calls)('$file gives all that $key needs', ({ key, given }) => {
    const sentence = sentences.find((one) => one.key === key)
    expect(sentence?.key).toBe(key)
    for (const hole of holesOf(sentence?.forms[0] ?? '')) expect(given).toContain(hole)
  })
})

describe('t', () => {
  it('puts parameters in their places', () => {
    expect(t('history.waiting', { name: 'Bob' })).toBe('Waiting for Bob')
  })

  it('picks the plural form by count', () => {
    expect(t('settings.seconds', { count: 1 })).toBe('1 second')
    expect(t('settings.seconds', { count: 45 })).toBe('45 seconds')
  })

  it('does not take a name apart that looks like a place', () => {
    expect(t('history.waiting', { name: '{count} $& Bob' })).toBe('Waiting for {count} $& Bob')
  })
})
