import { describe, expect, test } from 'vitest'
import type { Packet } from '../../../../main/network/session/packet'
import { credentialsOf, mediaOf, setupOf } from '../../../../main/network/session/sdp'
import { createCodec } from '../../../../main/network/stanzas/codec'
import { sampleDescriptions, samplePackets } from '../samplePackets'

const codec = createCodec()
const alice = `${'a'.repeat(52)}@nearby.invalid`

function read(xml: string): { packets: Packet[]; bad: string[]; open: boolean } {
  const packets: Packet[] = []
  const bad: string[] = []
  const reader = codec.createReader({
    onOpen: () => {},
    onPacket: (packet) => packets.push(packet),
    onBad: (why) => bad.push(why),
    onClose: () => {},
  })
  const open = reader.write(codec.header(alice, alice)) && reader.write(xml)
  return { packets, bad, open }
}

describe('a packet reads back as it was written', () => {
  for (const packet of samplePackets) {
    test(JSON.stringify(packet).slice(0, 90), () => {
      const { packets, open } = read(codec.encode(packet, alice))
      expect(packets).toEqual([packet])
      expect(open).toBe(true)
    })
  }
})

describe('a description keeps its meaning', () => {
  for (const packet of sampleDescriptions) {
    test(packet.kind, () => {
      const [back] = read(codec.encode(packet, alice)).packets
      if (back?.kind !== packet.kind || !('sdp' in back)) throw new Error('not read back')
      expect(mediaOf(back.sdp)).toEqual(mediaOf(packet.sdp))
      expect(credentialsOf(back.sdp)).toEqual(credentialsOf(packet.sdp))
      expect(setupOf(back.sdp)).toBe(setupOf(packet.sdp))
      const lines = (sdp: string, pattern: RegExp): string[] =>
        sdp
          .split('\r\n')
          .filter((line) => pattern.test(line))
          .sort()
      const kept =
        /^a=(group|fingerprint|rtpmap|fmtp|rtcp-fb|extmap:|rtcp-mux|rtcp-rsize|msid:|sendrecv|mid|ssrc-group)/
      expect(lines(back.sdp, kept)).toEqual(lines(packet.sdp, kept))
    })
  }
})
