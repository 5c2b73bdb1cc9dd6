import { type Registry, XMLElement } from 'stanza/jxt/index.js'
import * as parserModule from 'stanza/jxt/Parser.js'
import { STREAMS } from './namespaces'

export type StanzaReader = {
  /** Takes text as it comes. False: this is no stream that we read on; close the link. */
  write(text: string): boolean
}

/** Characters of one stanza; servers commonly allow 256 kB. */
const LARGEST_STANZA = 256 * 1024
const DEEPEST_ELEMENT = 32
const MOST_ELEMENTS = 5_000

// A CommonJS default export is one `default` deeper in Node and in the bundle than its types say.
const inner: unknown = parserModule.default
const Parser = (
  typeof inner === 'object' && inner !== null && 'default' in inner ? inner.default : inner
) as typeof parserModule.default // stanza/jxt/Parser.js exports its class as default

/**
 * Cuts a stream of XML into stanzas (RFC 6120). Unlike stanza's own StreamParser it bounds size, depth and
 * number of elements, and an importer that throws on hostile content costs that stanza, not the process.
 */
export function createStanzaReader({
  registry,
  onOpen,
  onStanza,
  onBad,
  onClose,
}: {
  registry: Registry
  onOpen: () => void
  onStanza: (element: string | undefined, json: unknown) => void
  /** A stanza that could not be read, with why. */
  onBad: (why: string) => void
  /** `</stream:stream>`. */
  onClose: () => void
}): StanzaReader {
  const parser = new Parser({ allowComments: false })
  let root: XMLElement | null = null
  let current: XMLElement | null = null
  let characters = 0
  let depth = 0
  let elements = 0
  let broken = false

  function open(name: string, attributes: Record<string, string>): void {
    if (broken) return
    const element = new XMLElement(name, attributes)
    if (!root) {
      openStream(element)
      return
    }
    depth += 1
    elements += 1
    broken = depth > DEEPEST_ELEMENT || elements > MOST_ELEMENTS
    element.parent = current ?? root
    current?.children.push(element)
    current = element
  }

  function openStream(element: XMLElement): void {
    broken = element.getName() !== 'stream' || element.getNamespace() !== STREAMS
    if (broken) return
    root = element
    characters = 0
    onOpen()
  }

  function close(name: string): void {
    if (broken) return
    if (!current) {
      if (name === root?.name) onClose()
      broken = true
      return
    }
    broken = name !== current.name
    if (broken) return
    depth -= 1
    if (depth > 0) {
      current = current.parent ?? null
      return
    }
    const stanza = current
    current = null
    elements = 0
    characters = 0
    read(stanza)
  }

  function read(stanza: XMLElement): void {
    try {
      onStanza(registry.getImportKey(stanza), registry.import(stanza))
    } catch (error) {
      onBad(error instanceof Error ? error.message : 'unreadable')
    }
  }

  parser.on('error', () => {
    broken = true
  })
  parser.on('startElement', open)
  parser.on('endElement', close)
  parser.on('text', (text: string) => {
    if (!broken) current?.children.push(text)
  })

  return {
    write(text) {
      if (broken) return false
      characters += text.length
      if (characters > LARGEST_STANZA) broken = true
      else parser.write(text)
      return !broken
    },
  }
}
