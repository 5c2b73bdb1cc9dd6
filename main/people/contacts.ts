import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { Handlers, Publish } from '../../preload/contract/channels'
import type {
  AddFailure,
  ContactRequest,
  PeopleEvents,
  PeopleRequests,
  Person,
} from '../../preload/contract/people'
import { failed, ok, type Result } from '../../preload/contract/result'
import type { Settings } from '../../preload/contract/settings'
import type { Clock } from '../clock'
import type { Log } from '../log'
import type { Address, Network } from '../network/network'
import { readAddress } from './address'
import { dismissRequest, keepRequest, openRequests } from './contactRequestStore'
import { findPersonAt, insertPerson, saveContact, setEndpoint, standingAt } from './peopleStore'
import { nameFor } from './shownText'

/** Invite links and the six digits; both belong to the network's kind of address. */
export type Invites = {
  format(self: { address: Address; name: string }): string
  parse(
    link: string,
  ): Result<
    { address: Address; name: string; endpoint: string | null },
    { kind: 'invite-malformed' } | { kind: 'bad-key' }
  >
  /** Null for an address that has no key. */
  numberOf(address: Address): string | null
}

type ContactChannel =
  | 'people/requests'
  | 'people/add'
  | 'people/addByInvite'
  | 'people/invite'
  | 'people/dismissRequest'

export type Contacts = {
  handlers: Pick<Handlers<PeopleRequests>, ContactChannel>
  /** Somebody saved us; `name` is what they call themselves. */
  hearRequest(from: Address, name: string): void
}

/** How strangers become contacts: by address, by invite link, by asking us. */
export function createContacts({
  db,
  clock,
  log,
  publish,
  network,
  invite,
  settings,
  added,
}: {
  db: Database
  clock: Clock
  log: Log
  publish: Publish<Pick<PeopleEvents, 'people/requestsChanged'>>
  network: () => Network
  invite: Invites
  settings: { get(): Settings }
  /** Tells the windows of a new contact, and returns them. */
  added: (personId: string) => Person
}): Contacts {
  function requests(): ContactRequest[] {
    return openRequests(db).map(({ address, name }) => ({
      address,
      name,
      number: invite.numberOf(address) ?? '',
    }))
  }

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
      if (wanted.endpoint !== null && wanted.endpoint !== known.endpoint) {
        setEndpoint(db, address, wanted.endpoint)
        network().addContact({ address, endpoint: wanted.endpoint })
      }
      return failed({ kind: 'already-contact', personId: known.id })
    }
    const name = nameFor(wanted.name, address)
    const id = known?.id ?? randomUUID()
    db.transaction(() => {
      if (!known) insertPerson(db, { id, name, address })
      saveContact(db, { id, name, address, endpoint: wanted.endpoint, at: clock.now() })
    })()
    log.info('contact added')
    network().addContact({ address, endpoint: wanted.endpoint })
    publish('people/requestsChanged', requests())
    return ok(added(id))
  }

  function hearRequest(from: Address, name: string): void {
    const standing = standingAt(db, from)
    if (standing.contact || standing.blocked) return
    keepRequest(db, { address: from, name: nameFor(name, from), at: clock.now() })
    publish('people/requestsChanged', requests())
  }

  return {
    handlers: {
      'people/requests': requests,
      'people/add': ({ address, name }) => add({ address, name, endpoint: null }),
      'people/addByInvite': ({ link }) => {
        const parsed = invite.parse(link)
        return parsed.ok ? add(parsed.value) : parsed
      },
      'people/invite': () => ({
        link: invite.format({ address: network().self, name: settings.get().name }),
      }),
      'people/dismissRequest': ({ address }) => {
        dismissRequest(db, address, clock.now())
        publish('people/requestsChanged', requests())
        return null
      },
    },
    hearRequest,
  }
}
