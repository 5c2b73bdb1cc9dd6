import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { Person } from '../../preload/contract/people'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { personSelected } from '../app/stageSlice'
import { Button } from '../components/Button'
import { nextRow } from '../components/nextRow'
import { t } from '../text/text'
import './ContactList.css'
import { loadContacts, selectContacts } from './contactsSlice'
import { PersonButtons } from './PersonButtons'
import { PersonLine } from './PersonLine'

/** 60 px and a line between two, and more where text is larger. */
const ROW_HEIGHT_REM = 3.8125
/** Rows before the end of what is loaded at which the next page is asked for. */
const AHEAD = 20

/** Contacts by name; however many there are, only those in sight exist. Scrolls with the page around it. */
export function ContactList() {
  const dispatch = useAppDispatch()
  const { people, next, count, phase, query } = useAppSelector(selectContacts)
  useEffect(() => {
    if (phase === 'stale') void dispatch(loadContacts('top'))
  }, [dispatch, phase])

  if (phase === 'failed') {
    return (
      <div className="people-card contact-list-words">
        <p>{t('contacts.notLoaded')}</p>
        <Button onClick={() => dispatch(loadContacts('top'))}>{t('contacts.tryAgain')}</Button>
      </div>
    )
  }
  if (people.length === 0) {
    if (phase !== 'shown') return null
    return (
      <p className="people-card contact-list-words">
        {t(query === '' ? 'contacts.none' : 'contacts.noneFound')}
      </p>
    )
  }
  return <Rows people={people} total={count} more={next !== null && phase === 'shown'} />
}

function Rows({ people, total, more }: { people: Person[]; total: number; more: boolean }) {
  const dispatch = useAppDispatch()
  const list = useRef<HTMLUListElement>(null)
  const [reachableId, setReachableId] = useState<string | null>(null)
  const [rowHeight] = useState(
    () => ROW_HEIGHT_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
  )
  const scroller = () => list.current?.closest<HTMLElement>('.stage-content') ?? null
  const above = useAbove(list, scroller)
  const rows = useVirtualizer({
    count: people.length,
    getScrollElement: scroller,
    estimateSize: () => rowHeight,
    getItemKey: (index) => people[index]?.id ?? index,
    overscan: 8,
    scrollMargin: above,
  })
  const shown = rows.getVirtualItems()
  const lastShown = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (more && lastShown >= people.length - AHEAD) void dispatch(loadContacts('next'))
  }, [dispatch, more, lastShown, people.length])

  const reachableIndex = Math.max(
    0,
    people.findIndex(({ id }) => id === reachableId),
  )
  const onKeyDown = (event: KeyboardEvent) => {
    const index = nextRow(event.key, reachableIndex, people.length)
    const person = index === null ? undefined : people[index]
    if (index === null || person === undefined) return
    event.preventDefault()
    setReachableId(person.id)
    rows.scrollToIndex(index)
    // The row may have to be made first.
    requestAnimationFrame(() => {
      list.current?.querySelector<HTMLElement>(`[data-person="${person.id}"] button`)?.focus()
    })
  }

  return (
    <ul
      ref={list}
      className="people-card contact-list"
      aria-label={t('contacts.heading')}
      style={{ height: rows.getTotalSize() + 2 }}
      onKeyDown={onKeyDown}
    >
      {shown.map(({ index, key, start }) => {
        const person = people[index]
        if (person === undefined) return null
        const { id, name, address, reachable } = person
        return (
          <PersonLine
            key={key}
            name={name}
            address={address}
            reachable={reachable}
            words={t(reachable ? 'people.hereNow' : 'people.awayNow')}
            onOpen={() => dispatch(personSelected(id))}
            place={{
              'data-person': id,
              'aria-setsize': total,
              'aria-posinset': index + 1,
              style: { height: rowHeight, transform: `translateY(${start - above}px)` },
            }}
            inTabOrder={index === reachableIndex}
            onFocus={() => setReachableId(id)}
          >
            <PersonButtons personId={id} name={name} inTabOrder={index === reachableIndex} />
          </PersonLine>
        )
      })}
    </ul>
  )
}

/** How much of the scrolled page stands above the list, in pixels; what is there comes and goes. */
function useAbove(list: React.RefObject<HTMLElement | null>, scroller: () => HTMLElement | null): number {
  const [above, setAbove] = useState(0)
  useEffect(() => {
    const around = scroller()
    if (!list.current || !around) return
    const measure = () => {
      if (!list.current) return
      const top = list.current.getBoundingClientRect().top - around.getBoundingClientRect().top
      setAbove(Math.round(top + around.scrollTop))
    }
    measure()
    const watch = new ResizeObserver(measure)
    for (const part of list.current.closest('.people-stage')?.children ?? []) watch.observe(part)
    watch.observe(around)
    return () => watch.disconnect()
  })
  return above
}
