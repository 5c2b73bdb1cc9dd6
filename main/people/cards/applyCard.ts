import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { ImportReport } from '../../../preload/contract/people'
import { assertNever } from '../../../preload/contract/result'
import { prepared } from '../../database/prepared'
import { type Merged, mergePeople, unmergePeople } from '../mergePeople'
import {
  deleteAddress,
  findPersonAt,
  insertAddress,
  insertPerson,
  renamePerson,
  type StoredPerson,
  saveContact,
  setEndpoint,
} from '../peopleStore'
import { contactName } from '../shownText'
import type { CardAddress } from './cardAddresses'

/** A card with what Aftertone makes of it. */
export type PlannedCard = { name: string; addresses: CardAddress[]; emails: string[] }

/** One thing that an import did, with what is needed to take it back. */
export type ImportStep =
  | { did: 'made'; personId: string }
  | { did: 'saved'; personId: string; name: string }
  | { did: 'added-address'; address: string }
  | { did: 'merged'; merged: Merged }
  | { did: 'marked'; personId: string }

export type AppliedCard = { outcome: keyof ImportReport; steps: ImportStep[] }

/** Takes one card over, in one transaction; a card can't take anything from a contact that is there. */
export function applyCard(db: Database, card: PlannedCard, now: number, self: string): AppliedCard {
  const addresses = card.addresses.filter(({ address }) => address !== self)
  if (addresses.length === 0) {
    if (card.addresses.length > 0) return { outcome: 'ourselves', steps: [] }
    return markKnown(db, card.emails, now)
  }
  const owners = ownersOf(db, addresses)
  if (owners.some(({ blocked }) => blocked)) return { outcome: 'blocked', steps: [] }
  const contacts = owners.filter(({ contact }) => contact)
  if (contacts.length > 1) return { outcome: 'conflicting', steps: [] }
  return db.transaction((): AppliedCard => {
    const steps: ImportStep[] = []
    const [first] = addresses
    const target = contacts[0] ?? owners[0]
    const personId = target?.id ?? randomUUID()
    const name = contactName(card.name, first?.address ?? '')
    if (!target && first) {
      insertPerson(db, { id: personId, name, address: first.address })
      steps.push({ did: 'made', personId })
    }
    if (!target?.contact) {
      if (target) steps.push({ did: 'saved', personId, name: target.name })
      saveContact(db, { id: personId, name, at: now })
      mark(db, personId, now)
    }
    for (const owner of owners) {
      if (owner.id !== personId) steps.push({ did: 'merged', merged: mergePeople(db, owner.id, personId) })
    }
    for (const { address, endpoint } of addresses) {
      const isOld = owners.some((owner) => owner.addresses.some((one) => one.address === address))
      const isFirst = !target && address === first?.address
      if (!isOld && !isFirst) {
        insertAddress(db, { personId, address, endpoint })
        steps.push({ did: 'added-address', address })
      } else if (endpoint !== null && isFirst) setEndpoint(db, address, endpoint)
    }
    const outcome = !target ? 'added' : steps.length > 0 ? 'merged' : 'unchanged'
    return { outcome, steps }
  })()
}

function ownersOf(db: Database, addresses: CardAddress[]): StoredPerson[] {
  const owners = new Map<string, StoredPerson>()
  for (const { address } of addresses) {
    const owner = findPersonAt(db, address)
    if (owner) owners.set(owner.id, owner)
  }
  return [...owners.values()]
}

/** An e-mail address makes nobody callable, but whom we met under it and who is in our files is no stranger. */
function markKnown(db: Database, emails: string[], now: number): AppliedCard {
  for (const email of emails) {
    const met = findPersonAt(db, email.toLowerCase())
    if (!met || met.contact || met.blocked) continue
    mark(db, met.id, now)
    return { outcome: 'suggested', steps: [{ did: 'marked', personId: met.id }] }
  }
  return { outcome: 'noAddress', steps: [] }
}

const mark = (db: Database, personId: string, at: number | null) =>
  prepared(db, 'UPDATE people SET imported_at = ? WHERE id = ?').run(at, personId)

/** Takes back one step; the steps of an import are taken back from the last to the first. */
export function takeBack(db: Database, step: ImportStep): void {
  switch (step.did) {
    case 'made':
      unmake(db, step.personId)
      break
    case 'saved':
      renamePerson(db, step.personId, step.name)
      unsave(db, step.personId)
      break
    case 'added-address':
      deleteAddress(db, step.address)
      break
    case 'merged':
      unmergePeople(db, step.merged)
      break
    case 'marked':
      mark(db, step.personId, null)
      break
    default:
      assertNever(step)
  }
}

function unsave(db: Database, personId: string): void {
  prepared(db, 'UPDATE people SET contact_since = NULL, imported_at = NULL WHERE id = ?').run(personId)
}

/** Who was called meanwhile stays in the history, as a contact no more. */
function unmake(db: Database, personId: string): void {
  unsave(db, personId)
  prepared(
    db,
    'DELETE FROM people WHERE id = ? AND NOT EXISTS (SELECT 1 FROM calls WHERE person_id = people.id)',
  ).run(personId)
}
