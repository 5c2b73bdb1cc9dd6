import { readAddress } from '../address'
import type { Invites } from '../contacts'
import type { Card } from './readCard'

export type CardAddress = { address: string; endpoint: string | null }

/** The addresses of a card that Aftertone can call, each once. An e-mail address is none, however much it looks like it. */
export function cardAddresses(card: Card, parseInvite: Invites['parse']): CardAddress[] {
  const found = new Map<string, CardAddress>()
  const keep = (one: CardAddress | null) => {
    if (one && !found.has(one.address)) found.set(one.address, one)
  }
  for (const uri of card.uris) keep(readUri(uri, parseInvite))
  for (const jabber of card.jabber) keep(readAccount(jabber.replace(/^xmpp:/i, '')))
  return [...found.values()]
}

function readUri(value: string, parseInvite: Invites['parse']): CardAddress | null {
  // Some programs escape what needs no escaping in a URI.
  const uri = value.replace(/\\([:;,\\])/g, '$1')
  if (/^xmpp:/i.test(uri)) return readAccount(uri.slice('xmpp:'.length))
  if (!/^aftertone:/i.test(uri)) return null
  const invite = parseInvite(uri)
  return invite.ok ? { address: invite.value.address, endpoint: invite.value.endpoint } : null
}

/** `//`, a resource and a query may stand around the address (RFC 5122). */
function readAccount(text: string): CardAddress | null {
  const bare = text.replace(/^\/\//, '').split(/[/?#;]/, 1)[0] ?? ''
  const address = readAddress(unescaped(bare))
  return address === null ? null : { address, endpoint: null }
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
