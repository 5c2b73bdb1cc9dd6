import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { Handlers } from '../../preload/contract/channels'
import type { AddFailure, PeopleRequests, Person } from '../../preload/contract/people'
import { failed, ok, type Result } from '../../preload/contract/result'
import type { Settings } from '../../preload/contract/settings'
import type { Clock } from '../clock'
import type { Log } from '../log'
import type { Address, Network } from '../network/network'
import { readAddress } from './address'
import { findPersonAt, insertPerson, saveContact, setEndpoint } from './peopleStore'
import { contactName } from './shownText'

/** Invite links and the six digits; both belong to the network's kind of address. */
export type Invites = {
  format(self: { address: Address; name: string }): string
  parse(
    link: string,
  ): Result<
    { address: Address; name: string; endpoint: string | null },
    { kind: 'invite-malformed' } | { kind: 'bad-key' }
  >
  /** The bare reference to a contact, for a file of contacts; `parse` reads it. */
  referTo(contact: { address: Address; endpoint: string | null }): string
  /** Null for an address that has no key. */
  numberOf(address: Address): string | null
}

export type Contacts = {
  handlers: Pick<Handlers<PeopleRequests>, 'people/add' | 'people/addByInvite' | 'people/invite'>
  add(wanted: { address: string; name: string; endpoint: string | null }): Result<Person, AddFailure>
}

/** How strangers become contacts: by address, or by invite link. */
export function createContacts({
  db,
  clock,
  log,
  network,
  invite,
  settings,
  added,
}: {
  db: Database
  clock: Clock
  log: Log
  network: () => Network
  invite: Invites
  settings: { get(): Settings }
  /** Tells the windows of a new contact, and returns who it is. */
  added: (personId: string) => Person
}): Contacts {
  function add(wanted: {
    address: string
    name: string
    endpoint: string | null
  }): Result<Person, AddFailure> {
    const address = readAddress(wanted.address)
    if (address === null) return failed({ kind: 'bad-key' })
    if (address === network().self) return failed({ kind: 'own-address' })
    const known = findPersonAt(db, address)
    if (known?.contact) {
      // A newer invite may say where else they are found: the only way to learn it beyond the local network.
      const at = known.addresses.find((one) => one.address === address)
      if (wanted.endpoint !== null && wanted.endpoint !== at?.endpoint) {
        setEndpoint(db, address, wanted.endpoint)
        network().addContact({ address, endpoint: wanted.endpoint })
      }
      return failed({ kind: 'already-contact', personId: known.id, name: known.name })
    }
    const name = contactName(wanted.name, address)
    const id = known?.id ?? randomUUID()
    db.transaction(() => {
      if (!known) insertPerson(db, { id, name, address })
      if (wanted.endpoint !== null) setEndpoint(db, address, wanted.endpoint)
      saveContact(db, { id, name, at: clock.now() })
    })()
    log.info('contact added')
    const others = (known?.addresses ?? []).filter((one) => one.address !== address)
    for (const contact of [{ address, endpoint: wanted.endpoint }, ...others]) {
      network().addContact({ address: contact.address, endpoint: contact.endpoint })
    }
    return ok(added(id))
  }

  return {
    handlers: {
      'people/add': ({ address, name }) => add({ address, name, endpoint: null }),
      'people/addByInvite': ({ link }) => {
        const parsed = invite.parse(link)
        return parsed.ok ? add(parsed.value) : parsed
      },
      'people/invite': () => ({
        link: invite.format({ address: network().self, name: settings.get().name }),
      }),
    },
    add,
  }
}
