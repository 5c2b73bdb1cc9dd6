import type { Packet } from '../session/packet'
import { decodeStanza } from './decode'
import { createEncoder } from './encode'
import { CLIENT, STREAMS } from './namespaces'
import { createRegistry } from './registry'
import { createStanzaReader, type StanzaReader } from './stanzaReader'

export type Codec = {
  /** Opens a stream from us to them. */
  header(from: string, to: string): string
  /** Closes it. */
  readonly footer: string
  encode(packet: Packet, to: string): string
  createReader(hear: {
    onOpen: () => void
    onPacket: (packet: Packet) => void
    /** Something that we do not understand, or should not; `why` holds nothing of its content. */
    onBad: (why: string) => void
    onClose: () => void
  }): StanzaReader
}

/** Packets to XMPP and back: the same stanzas between two devices and through a server. */
export function createCodec(): Codec {
  const registry = createRegistry()
  return {
    header: (from, to) =>
      `<?xml version='1.0'?><stream:stream xmlns='${CLIENT}' xmlns:stream='${STREAMS}' from='${from}' to='${to}' version='1.0'>`,
    footer: '</stream:stream>',
    encode: createEncoder(registry),
    createReader: ({ onOpen, onPacket, onBad, onClose }) =>
      createStanzaReader({
        registry,
        onOpen,
        onStanza(element, json) {
          const packets = decodeStanza(element, json)
          if (packets.length === 0) onBad(`a ${element ?? 'foreign'} stanza says nothing to us`)
          for (const packet of packets) onPacket(packet)
        },
        onBad,
        onClose,
      }),
  }
}
