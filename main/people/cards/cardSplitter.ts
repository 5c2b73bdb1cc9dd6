/** Of a card only these are looked at; all else, pictures above all, is dropped unread. */
const READ = /^(?:BEGIN|END|FN|N|NICKNAME|ORG|EMAIL|IMPP|URL|X-JABBER|X-AFTERTONE)$/
/** A line longer than this is none that we read. */
const LONGEST_LINE = 64 * 1024
/** So many lines of a card are kept at most. */
const MOST_LINES = 1_000

const LF = 0x0a
const CR = 0x0d
const SPACE = 0x20
const TAB = 0x09
const EQUALS = 0x3d

const isEnd = (line: Buffer) => /^END:[ \t]*VCARD[ \t]*$/i.test(line.toString('latin1', 0, 32))

/** One card's lines, unfolded, as bytes: each may be in an encoding of its own. */
export type CardLines = Buffer[]

export type CardSplitter = {
  /** The cards that end in this piece of the file. */
  push(piece: Uint8Array): CardLines[]
  /** The last card, when its end is missing. */
  end(): CardLines[]
}

/**
 * Cuts a stream of vCards into cards. Works on bytes, since the encoding is not known yet and a fold may go through the
 * middle of a character; holds one line and one card, so a picture of any size costs nothing.
 */
export function createCardSplitter(): CardSplitter {
  /** What came after the last line break. */
  let rest: Buffer[] = []
  let restBytes = 0
  let card: CardLines | null = null
  /** The line that a fold would go on with. */
  let open: { parts: Buffer[]; bytes: number; quoted: boolean } | null = null
  let done: CardLines[] = []

  function endLine(): void {
    if (open && card && card.length < MOST_LINES) card.push(Buffer.concat(open.parts))
    open = null
  }

  function endCard(): void {
    endLine()
    if (card) done.push(card)
    card = null
  }

  function take(physical: Buffer): void {
    const line = physical.at(-1) === CR ? physical.subarray(0, -1) : physical
    const folded = line[0] === SPACE || line[0] === TAB
    const last = open?.parts.at(-1)
    // A quoted line that is broken off must not swallow the rest of the file.
    const goesOn = open?.quoted === true && last?.at(-1) === EQUALS && !isEnd(line)
    if (!folded && !goesOn) {
      endLine()
      begin(line)
    } else if (open) {
      if (last && goesOn) open.parts.splice(-1, 1, last.subarray(0, -1))
      open.bytes += line.length
      if (open.bytes > LONGEST_LINE) open = null
      else open.parts.push(goesOn ? line : line.subarray(1))
    }
  }

  function begin(line: Buffer): void {
    const head = line.subarray(0, 200).toString('latin1')
    const name = /^(?:[\w-]+\.)?([A-Za-z-]+)[ \t]*[:;]/.exec(head)?.[1]?.toUpperCase()
    if (name === undefined || !READ.test(name)) return
    const isOfCard = /:[ \t]*VCARD[ \t]*$/i.test(head)
    if (name === 'BEGIN' && isOfCard) {
      endCard()
      card = []
    } else if (name === 'END' && isOfCard) endCard()
    else if (card) open = { parts: [line], bytes: line.length, quoted: /QUOTED-PRINTABLE/i.test(head) }
  }

  function keep(piece: Buffer): void {
    restBytes += piece.length
    // Too long: what is kept of it is enough to see what it was, and its end must not be taken for a line.
    if (restBytes <= LONGEST_LINE) rest.push(piece)
  }

  return {
    push(piece) {
      const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
      let from = 0
      for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, from)) {
        keep(bytes.subarray(from, at))
        if (restBytes <= LONGEST_LINE) take(rest.length === 1 && rest[0] ? rest[0] : Buffer.concat(rest))
        else endLine()
        rest = []
        restBytes = 0
        from = at + 1
      }
      if (from < bytes.length) keep(bytes.subarray(from))
      return finished()
    },
    end() {
      if (restBytes > 0 && restBytes <= LONGEST_LINE) take(Buffer.concat(rest))
      endCard()
      return finished()
    },
  }

  function finished(): CardLines[] {
    const cards = done
    done = []
    return cards
  }
}
