import ICAL from 'ical.js'
import { z } from 'zod'
import { readCardLine } from './cardLine'
import type { CardLines } from './cardSplitter'

/** What a card says of a person, as it says it; whether an address is one is not judged here. */
export type Card = {
  /** '' when the card has none. */
  name: string
  /** Values of IMPP, URL and X-AFTERTONE: whatever has a scheme. */
  uris: string[]
  /** Jabber addresses without a scheme, as older programs write them. */
  jabber: string[]
  emails: string[]
}

// jCard (RFC 7095), which is what the library makes of a vCard.
const property = z.tuple([z.string(), z.unknown(), z.string()], z.unknown())
const jCard = z.tuple([z.literal('vcard'), z.array(property), z.unknown()])
type Property = z.infer<typeof property>

const STRUCTURED = new Set(['N', 'ORG'])
/** The library leaves `\\;` as it is where no semicolon separates anything; a backslash that is itself escaped is no escape. */
const plain = (value: string) => value.replace(/\\[\\;]/g, (pair) => (pair === '\\;' ? ';' : pair))

/** @returns null for lines that are no card at all */
export function readCard(lines: CardLines): Card | null {
  const read = lines.map(readCardLine).filter((line) => line !== null)
  const body = read.map(({ name, value }) => `${name}:${STRUCTURED.has(name) ? value : plain(value)}`)
  // Without groups and parameters, what is left means the same in every version.
  const parsed = parse(['BEGIN:VCARD', 'VERSION:4.0', ...body, 'END:VCARD'].join('\r\n'))
  if (!parsed) return null
  const values = (name: string) =>
    parsed.filter(([property]) => property === name).flatMap(([, , , ...of]) => of.map(flat).filter(Boolean))
  return {
    name: nameOf(parsed, values),
    uris: [...values('impp'), ...values('x-aftertone'), ...values('url')],
    jabber: values('x-jabber'),
    emails: values('email'),
  }
}

function parse(card: string): Property[] | null {
  try {
    return jCard.parse(ICAL.parse(card))[1]
  } catch {
    return null
  }
}

/** Structured values come as lists, and lists in them. */
const flat = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(flat).filter(Boolean).join(' ')
    : typeof value === 'string'
      ? value.trim()
      : ''

function nameOf(card: Property[], values: (name: string) => string[]): string {
  const [formatted] = values('fn')
  if (formatted) return formatted
  const structured = card.find(([name]) => name === 'n')?.[3]
  if (Array.isArray(structured)) {
    const [family, given, additional, prefix, suffix] = structured.map(flat)
    const name = [prefix, given, additional, family, suffix].filter(Boolean).join(' ')
    if (name) return name
  }
  return flat(structured) || values('nickname')[0] || values('org')[0] || ''
}
