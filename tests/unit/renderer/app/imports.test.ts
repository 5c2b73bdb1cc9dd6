import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const renderer = join(import.meta.dirname, '../../../../renderer')
const sources = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => ({ file, source: readFileSync(join(renderer, file), 'utf8') }))

it.each(sources)('$file takes only types from the contract, whose values bring zod along', ({ source }) => {
  const imports = source.match(/^(?:import|export)[^'"]*from '[^']*preload\/contract[^']*'/gm) ?? []
  for (const one of imports) expect(one).toMatch(/^(import|export) type /)
})

it('has one reader of window.aftertone', () => {
  const readers = sources.filter(({ source }) => /(?:globalThis|window)\.aftertone/.test(source))
  expect(readers.map(({ file }) => file)).toEqual(['app/bridge.ts'])
})
