import { failed, ok, type Result } from '../../../preload/contract/result'
import type { Address } from '../network'
import { cleanName } from '../stanzas/plainText'
import { addressOfKey, isKey, keyOfAddress } from './address'
import { parseEndpoint } from './endpoint'

/** What somebody needs to add us: who we are, where to try besides the own network, what we call ourselves. */
export type Invite = { address: Address; endpoint: string | null; name: string }
export type InviteFailure = { kind: 'invite-malformed' } | { kind: 'bad-key' }

const LONGEST_LINK = 2_000

/** `aftertone:add?key=…&at=host:port&name=…` */
export function formatInvite({ address, endpoint, name }: Invite): string {
  const query = new URLSearchParams({ key: keyOfAddress(address) ?? '' })
  if (endpoint !== null) query.set('at', endpoint)
  if (name) query.set('name', name)
  // A colon is legal in a query and easier to read aloud than %3A.
  return `aftertone:add?${query.toString().replaceAll('%3A', ':')}`
}

/** `bad-key`: a link of ours whose key cannot be one, such as when a letter is missing. */
export function parseInvite(link: string): Result<Invite, InviteFailure> {
  const trimmed = link.trim()
  const query = /^aftertone:(?:\/\/)?add\/?\?(.*)$/is.exec(trimmed)?.[1]
  if (query === undefined || trimmed.length > LONGEST_LINK) return failed({ kind: 'invite-malformed' })
  const parameters = new URLSearchParams(query)
  const key = parameters.get('key')?.toLowerCase()
  if (!key) return failed({ kind: 'invite-malformed' })
  if (!isKey(key)) return failed({ kind: 'bad-key' })
  const endpoint = parameters.get('at')
  if (endpoint !== null && !parseEndpoint(endpoint)) return failed({ kind: 'invite-malformed' })
  return ok({ address: addressOfKey(key), endpoint, name: cleanName(parameters.get('name') ?? '') })
}
