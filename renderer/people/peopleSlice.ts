import { createSlice, type PayloadAction } from '@reduxjs/toolkit'
import type { NearbyPerson, Person, PersonDetails } from '../../preload/contract/people'
import { nearbyChanged, peopleMerged, personChanged, wrongKeyMet } from '../app/bridgeEvents'
import { createAppThunk, createRequest } from '../app/requests'

type PeopleState = {
  /** Those met so far, not everybody: there may be very many. Null: asked for, and nobody. */
  people: Record<string, Person | null>
  /** The person whose page was opened last; `stale` when something of it changed since. */
  details: { of: PersonDetails; stale: boolean } | null
  nearby: NearbyPerson[]
  /** People in whose name another key answered, until the warning is closed. */
  wrongKeys: string[]
}

const initialState: PeopleState = { people: {}, details: null, nearby: [], wrongKeys: [] }

export const loadNearby = createAppThunk('people/loadNearby', (_: undefined, { extra }) =>
  extra.bridge.people.nearby(),
)

/** The forms say themselves what went wrong, next to the field. */
export const addPerson = createRequest('people/add', (bridge, person: { address: string; name: string }) =>
  bridge.people.add(person),
)
export const addByInvite = createRequest(
  'people/addByInvite',
  (bridge, link: string) => bridge.people.addByInvite({ link }),
  { failures: 'inline' },
)

export const verifyPerson = createRequest(
  'people/verify',
  (bridge, whom: { personId: string; address: string }) => bridge.people.verify(whom),
)

export const renamePerson = createRequest(
  'people/rename',
  (bridge, person: { personId: string; name: string }) => bridge.people.rename(person),
)
export const removePerson = createRequest('people/remove', (bridge, personId: string) =>
  bridge.people.remove({ personId }),
)
export const addAddress = createRequest(
  'people/addAddress',
  (bridge, wanted: { personId: string; text: string }) => bridge.people.addAddress(wanted),
  { failures: 'inline' },
)
export const removeAddress = createRequest(
  'people/removeAddress',
  (bridge, which: { personId: string; address: string }) => bridge.people.removeAddress(which),
)

/** Somebody who is to be shown, with all that their page says. */
export const loadPerson = createAppThunk('people/loadPerson', (personId: string, { extra }) =>
  extra.bridge.people.find({ personId }),
)

const people = createSlice({
  name: 'people',
  initialState,
  reducers: {
    wrongKeyClosed: (state, { payload }: PayloadAction<string>) => {
      state.wrongKeys = state.wrongKeys.filter((personId) => personId !== payload)
    },
  },
  extraReducers: (builder) => {
    const keep = (state: PeopleState, { payload }: PayloadAction<Person>) => {
      state.people[payload.id] = payload
      if (state.details?.of.person.id === payload.id) state.details.stale = true
    }
    builder
      .addCase(loadNearby.fulfilled, (state, { payload }) => {
        state.nearby = payload
      })
      .addCase(addPerson.fulfilled, keep)
      .addCase(addByInvite.fulfilled, keep)
      .addCase(verifyPerson.fulfilled, keep)
      .addCase(personChanged, keep)
      .addCase(loadPerson.fulfilled, (state, { payload, meta }) => {
        state.people[meta.arg] = payload?.person ?? null
        if (payload) state.details = { of: payload, stale: false }
      })
      .addCase(peopleMerged, (state, { payload }) => {
        delete state.people[payload.from]
      })
      .addCase(nearbyChanged, (state, { payload }) => {
        state.nearby = payload
      })
      .addCase(wrongKeyMet, (state, { payload }) => {
        if (!state.wrongKeys.includes(payload.personId)) state.wrongKeys.push(payload.personId)
      })
  },
})

export const { wrongKeyClosed } = people.actions
export const peopleReducer = people.reducer
export type WithPeople = { people: PeopleState }

export const selectPeople = (state: WithPeople): PeopleState => state.people
/** Whether what the page shows of this person is to be read anew. */
export const selectStale = (state: WithPeople, personId: string): boolean => {
  const { details } = state.people
  return details?.of.person.id !== personId || details.stale
}
/** Whether somebody was asked for already, be it that they are nobody. */
export const selectAsked = (state: WithPeople, personId: string): boolean =>
  state.people.people[personId] !== undefined
export const selectPerson = (state: WithPeople, personId: string): Person | undefined =>
  state.people.people[personId] ?? undefined

/** What the page of this person shows; undefined until it is here. */
export const selectDetails = (state: WithPeople, personId: string): PersonDetails | undefined =>
  state.people.details?.of.person.id === personId ? state.people.details.of : undefined
