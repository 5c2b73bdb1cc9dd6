import { createSlice, type PayloadAction } from '@reduxjs/toolkit'
import type { ContactRequest, NearbyPerson, Person } from '../../preload/contract/people'
import { nearbyChanged, personChanged, requestsChanged, wrongKeyMet } from '../app/bridgeEvents'
import { createAppThunk, createRequest } from '../app/requests'

type PeopleState = {
  people: Record<string, Person>
  nearby: NearbyPerson[]
  requests: ContactRequest[]
  /** People in whose name another key answered, until the warning is closed. */
  wrongKeys: string[]
}

const initialState: PeopleState = { people: {}, nearby: [], requests: [], wrongKeys: [] }

export const loadPeople = createAppThunk('people/load', async (_: undefined, { extra }) => {
  const { list, nearby, requests } = extra.bridge.people
  const [people, around, asking] = await Promise.all([list(), nearby(), requests()])
  return { people, nearby: around, requests: asking }
})

/** The forms say themselves what went wrong, next to the field. */
export const addPerson = createRequest('people/add', (bridge, person: { address: string; name: string }) =>
  bridge.people.add(person),
)
export const addByInvite = createRequest(
  'people/addByInvite',
  (bridge, link: string) => bridge.people.addByInvite({ link }),
  { failures: 'inline' },
)

export const verifyPerson = createRequest('people/verify', (bridge, personId: string) =>
  bridge.people.verify({ personId }),
)

export const dismissRequest = createAppThunk('people/dismissRequest', (address: string, { extra }) =>
  extra.bridge.people.dismissRequest({ address }),
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
    }
    builder
      .addCase(loadPeople.fulfilled, (state, { payload }) => {
        state.people = Object.fromEntries(payload.people.map((person) => [person.id, person]))
        state.nearby = payload.nearby
        state.requests = payload.requests
      })
      .addCase(addPerson.fulfilled, keep)
      .addCase(addByInvite.fulfilled, keep)
      .addCase(verifyPerson.fulfilled, keep)
      .addCase(personChanged, keep)
      .addCase(nearbyChanged, (state, { payload }) => {
        state.nearby = payload
      })
      .addCase(requestsChanged, (state, { payload }) => {
        state.requests = payload
      })
      .addCase(wrongKeyMet, (state, { payload }) => {
        if (!state.wrongKeys.includes(payload.personId)) state.wrongKeys.push(payload.personId)
      })
      .addCase(dismissRequest.fulfilled, (state, { meta }) => {
        state.requests = state.requests.filter(({ address }) => address !== meta.arg)
      })
  },
})

export const { wrongKeyClosed } = people.actions
export const peopleReducer = people.reducer
export type WithPeople = { people: PeopleState }

export const selectPeople = (state: WithPeople): PeopleState => state.people
export const selectPerson = (state: WithPeople, personId: string): Person | undefined =>
  state.people.people[personId]
