import ICAL from 'ical.js'

export type WrittenCard = { id: string; name: string; references: string[] }

/** One person as a vCard 4.0 (RFC 6350), with its line breaks and folds. */
export function writeCard({ id, name, references }: WrittenCard): string {
  const property = (key: string, type: string, value: string) => [key, {}, type, value]
  const card = new ICAL.Component([
    'vcard',
    [
      property('version', 'text', '4.0'),
      property('uid', 'uri', `urn:uuid:${id}`),
      property('fn', 'text', name),
      ...references.map((uri) => property('impp', 'uri', uri)),
    ],
    [],
  ])
  return `${card.toString()}\r\n`
}
