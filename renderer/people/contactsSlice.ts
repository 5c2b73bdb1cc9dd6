import { createSlice, type PayloadAction } from '@reduxjs/toolkit'
import type { PeopleCursor, Person } from '../../preload/contract/people'
import { contactsChanged, personChanged } from '../app/bridgeEvents'
import { createAppThunk } from '../app/requests'

const PAGE = 100

type ContactsState = {
  query: string
  /** By name, without holes: from the first down to `next`. */
  people: Person[]
  /** Where the next page begins; null when all is here. */
  next: PeopleCursor | null
  /** Of all pages. */
  count: number
  /** `stale`: what is shown is to be read anew. */
  phase: 'stale' | 'loading' | 'shown' | 'failed'
}
type WithContacts = { contacts: ContactsState }

const initialState: ContactsState = { query: '', people: [], next: null, count: 0, phase: 'stale' }

/** Reads the first page of what is searched for, or the one after what is shown. */
export const loadContacts = createAppThunk(
  'contacts/load',
  async (from: 'top' | 'next', { extra, getState }) => {
    const { query, next } = (getState() as WithContacts).contacts
    const page = await extra.bridge.people.page({ query, after: from === 'top' ? null : next, limit: PAGE })
    return { query, page }
  },
  {
    condition: (from, { getState }) => {
      const { next, phase } = (getState() as WithContacts).contacts
      return from === 'top' || (next !== null && phase === 'shown')
    },
  },
)

const contacts = createSlice({
  name: 'contacts',
  initialState,
  reducers: {
    contactsSearched: (state, { payload }: PayloadAction<string>) => {
      if (state.query === payload) return
      state.query = payload
      state.phase = 'stale'
    },
  },
  extraReducers: (builder) => {
    builder
      .addCase(loadContacts.pending, (state) => {
        state.phase = 'loading'
      })
      .addCase(loadContacts.rejected, (state) => {
        state.phase = 'failed'
      })
      .addCase(loadContacts.fulfilled, (state, { payload: { query, page }, meta }) => {
        // An answer to a search that was changed meanwhile, or news came: the right one is asked for again.
        if (query !== state.query || state.phase !== 'loading') return
        state.people = meta.arg === 'top' ? page.people : [...state.people, ...page.people]
        state.next = page.next
        state.count = page.count
        state.phase = 'shown'
      })
      .addCase(contactsChanged, (state) => {
        state.phase = 'stale'
      })
      .addCase(personChanged, (state, { payload }) => {
        const at = state.people.findIndex(({ id }) => id === payload.id)
        if (at !== -1) state.people[at] = payload
      })
  },
})

export const { contactsSearched } = contacts.actions
export const contactsReducer = contacts.reducer
export const selectContacts = (state: WithContacts): ContactsState => state.contacts
