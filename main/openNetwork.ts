import { join } from 'node:path'
import { z } from 'zod'
import { ok, type Result } from '../preload/contract/result'
import type { Clock } from './clock'
import { readDeviceKey, type SecretBox } from './deviceKeyFile'
import type { CreateLog } from './log'
import { keyOfAddress, numberOf } from './network/nearby/address'
import { createIdentity, parseIdentity } from './network/nearby/identity'
import { formatInvite, parseInvite } from './network/nearby/inviteLink'
import { createNearbyNetwork } from './network/nearby/nearbyNetwork'
import type { KnownContacts, Network } from './network/network'
import type { Invites } from './people/contacts'

export type NetworkChoice =
  /** `bind`: the one address to be found on; null: every network but loopback. */
  | { kind: 'nearby'; bind: string | null; mdnsPort: number }
  | { kind: 'given'; open(contacts: KnownContacts): Network }

/** `endpoint`: where others may try to reach us from elsewhere, as `host:port`. */
export type OpenedNetwork = { network: Network; endpoint(): string | null }

const storedIdentity = z.strictObject({ privateKey: z.string(), certificate: z.string() })

/** Makes the network that was chosen; it goes on when it is started. */
export function openNetwork(options: {
  choice: NetworkChoice
  folder: string
  name: string
  contacts: KnownContacts
  secretBox: SecretBox
  clock: Clock
  createLog: CreateLog
}): Result<OpenedNetwork, { kind: 'identity-unreadable' }> {
  const { choice, contacts } = options
  if (choice.kind === 'given') return ok({ network: choice.open(contacts), endpoint: () => null })
  const key = readDeviceKey({
    file: join(options.folder, 'identity.bin'),
    secretBox: options.secretBox,
    make: () => JSON.stringify(createIdentity()),
    log: options.createLog('identity'),
  })
  if (!key.ok) return key
  const identity = parseIdentity(readStored(key.value))
  if (!identity.ok) return identity
  const { name, clock, createLog } = options
  const { bind, mdnsPort } = choice
  const network = createNearbyNetwork({
    identity: identity.value,
    name,
    knownContacts: contacts,
    bind,
    mdnsPort,
    clock,
    createLog,
  })
  return ok({ network, endpoint: network.endpoint })
}

/** Something that `parseIdentity` refuses when it is damaged. */
function readStored(text: string): z.infer<typeof storedIdentity> {
  try {
    return storedIdentity.parse(JSON.parse(text))
  } catch {
    return { privateKey: '', certificate: '' }
  }
}

/** Invite links and the six digits of nearby addresses. */
export function nearbyInvites(opened: () => OpenedNetwork): Invites {
  return {
    format: (self) => formatInvite({ ...self, endpoint: opened().endpoint() }),
    parse: parseInvite,
    referTo: ({ address, endpoint }) =>
      keyOfAddress(address) ? formatInvite({ address, endpoint, name: '' }) : `xmpp:${encodeURI(address)}`,
    numberOf: (address) => (keyOfAddress(address) ? numberOf(opened().network.self, address) : null),
  }
}
