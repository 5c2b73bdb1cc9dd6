/** A property of a card without its group and parameters, which say nothing that we need. */
export type CardLine = { name: string; value: string }

/**
 * Reads one line in whatever encoding it is: vCard 2.1 quotes its values and names a character set in each line,
 * later ones are UTF-8, and files of old programs are Windows-1252 without saying so.
 */
export function readCardLine(line: Buffer): CardLine | null {
  const colon = colonOf(line)
  if (colon === -1) return null
  const [groupAndName = '', ...parameters] = line.subarray(0, colon).toString('latin1').split(';')
  const name = groupAndName
    .slice(groupAndName.lastIndexOf('.') + 1)
    .trim()
    .toUpperCase()
  const isQuoted = parameters.some((one) => /QUOTED-PRINTABLE/i.test(one))
  const charset = parameters.map((one) => /^\s*CHARSET="?([\w-]+)/i.exec(one)?.[1]).find(Boolean) ?? null
  const bytes = line.subarray(colon + 1)
  const value = decode(isQuoted ? unquoted(bytes) : bytes, charset)
  return { name, value: value.replace(/[\r\n]+/g, ' ').trim() }
}

/** The colon that ends the parameters; in quotes one may belong to a value (RFC 6350 3.3). */
function colonOf(line: Buffer): number {
  let inQuotes = false
  for (const [index, byte] of line.entries()) {
    if (byte === 0x22) inQuotes = !inQuotes
    else if (byte === 0x3a && !inQuotes) return index
  }
  return line.indexOf(0x3a)
}

/** RFC 2045 6.7; what is no valid `=XX` stays as it stands. */
function unquoted(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1').replace(/=$/, '')
  const plain = text.replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(plain, 'latin1')
}

function decode(bytes: Buffer, charset: string | null): string {
  try {
    return new TextDecoder(charset ?? 'utf-8', { fatal: true }).decode(bytes)
  } catch {
    // Not what it claims to be, or of a name that nobody knows; every byte is something in this one.
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
