import { isIPv4 } from 'node:net'
import type multicastDns from 'multicast-dns'
import { z } from 'zod'
import { cleanName } from '../stanzas/plainText'
import { isKey } from './address'
import type { Endpoint } from './endpoint'

export type DnsAnswers = multicastDns.ResponseOutgoingPacket['answers']

/** What one DNS-SD answer says of a device. Nothing in it is proven: the key is checked when we dial. */
export type Sighting = {
  key: string
  name: string
  endpoints: Endpoint[]
  /** 0: it says goodbye. */
  ttlSeconds: number
}

export const SERVICE = '_aftertone._tcp.local'
const PROTOCOL_VERSION = '1'
const MOST_ADDRESSES = 8
const LONGEST_TTL_SECONDS = 300
/** A TXT string holds 255 bytes, `n=` included. */
const LONGEST_NAME_BYTES = 250

/** PTR, SRV, TXT and A together, so that one answer is enough to dial. @param ttlSeconds 0 says goodbye */
export function announcement(device: {
  key: string
  name: string
  address: string
  port: number
  ttlSeconds: number
}): DnsAnswers {
  const { key, name, address, port, ttlSeconds: ttl } = device
  const instance = `${key}.${SERVICE}`
  const host = `${key}.local`
  return [
    { name: SERVICE, type: 'PTR', ttl, data: instance },
    { name: instance, type: 'SRV', ttl, data: { port, target: host, priority: 0, weight: 0 } },
    { name: instance, type: 'TXT', ttl, data: [`v=${PROTOCOL_VERSION}`, `id=${key}`, `n=${fitting(name)}`] },
    { name: host, type: 'A', ttl, data: address },
  ]
}

/** As much of the name as fits, cut between characters. */
function fitting(name: string): string {
  let fits = ''
  let bytes = 0
  for (const character of cleanName(name)) {
    bytes += Buffer.byteLength(character)
    if (bytes > LONGEST_NAME_BYTES) break
    fits += character
  }
  return fits
}

const aRecord = z.object({ type: z.literal('A'), name: z.string(), data: z.string() })
const srvRecord = z.object({
  type: z.literal('SRV'),
  name: z.string(),
  ttl: z.number().min(0),
  data: z.object({ port: z.int().min(1).max(65_535), target: z.string() }),
})
const txtRecord = z.object({
  type: z.literal('TXT'),
  name: z.string(),
  data: z.array(z.instanceof(Buffer)).max(32),
})

const valid = <Schema extends z.ZodType>(schema: Schema, records: unknown[]): z.output<Schema>[] =>
  records.flatMap((record) => {
    const parsed = schema.safeParse(record)
    return parsed.success ? [parsed.data] : []
  })

/**
 * The devices that a response tells of, hostile ones left out.
 * @param loopback whether 127.0.0.0/8 is where we look; elsewhere nobody may make us dial ourselves
 */
export function sightingsIn(records: unknown[], loopback: boolean): Sighting[] {
  const texts = valid(txtRecord, records)
  const addresses = valid(aRecord, records)
  return valid(srvRecord, records).flatMap((srv) => {
    if (!srv.name.endsWith(`.${SERVICE}`)) return []
    const text = readText(texts.find((record) => record.name === srv.name)?.data ?? [])
    const key = text.get('id') ?? ''
    if (text.get('v') !== PROTOCOL_VERSION || !isKey(key)) return []
    const hosts = addresses
      .filter((record) => record.name === srv.data.target && isDialable(record.data, loopback))
      .map((record) => record.data)
    if (hosts.length === 0 && srv.ttl > 0) return []
    return [
      {
        key,
        name: cleanName(text.get('n') ?? ''),
        endpoints: [...new Set(hosts)]
          .slice(0, MOST_ADDRESSES)
          .map((host) => ({ host, port: srv.data.port })),
        ttlSeconds: Math.min(srv.ttl, LONGEST_TTL_SECONDS),
      },
    ]
  })
}

/** `name=value` strings; the first of a name counts (RFC 6763, 6.4). */
function readText(strings: Buffer[]): Map<string, string> {
  const text = new Map<string, string>()
  for (const bytes of strings) {
    const line = bytes.toString('utf8')
    const equals = line.indexOf('=')
    if (equals < 1) continue
    const name = line.slice(0, equals).toLowerCase()
    if (!text.has(name)) text.set(name, line.slice(equals + 1))
  }
  return text
}

/** A unicast IPv4 address of the kind of network that we are on. */
function isDialable(address: string, loopback: boolean): boolean {
  if (!isIPv4(address)) return false
  const first = Number(address.split('.')[0])
  return loopback ? first === 127 : first !== 0 && first !== 127 && first < 224
}
