import { useEffect } from 'react'
import type { Person } from '../../preload/contract/people'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { loadPerson, selectAsked, selectPerson } from './peopleSlice'

/** Somebody by id, asked for when they are not here yet. `asked`: it is sure whether there is such a person. */
export function useKnownPerson(personId: string | null): { person: Person | undefined; asked: boolean } {
  const dispatch = useAppDispatch()
  const person = useAppSelector((state) => selectPerson(state, personId ?? ''))
  const asked = useAppSelector((state) => selectAsked(state, personId ?? ''))
  useEffect(() => {
    if (personId !== null && !asked) void dispatch(loadPerson(personId))
  }, [dispatch, personId, asked])
  return { person, asked }
}
