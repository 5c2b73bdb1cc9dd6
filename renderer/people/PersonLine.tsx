import type { ComponentProps, ReactNode } from 'react'
import { Avatar } from '../components/Avatar'
import './PersonLine.css'

type PersonLineProps = {
  name: string
  address: string
  words: string
  reachable?: boolean | null
  /** Makes the name a button. */
  onOpen?: () => void
  onFocus?: () => void
  /** Whether Tab reaches the name; the arrows of a long list move it. */
  inTabOrder?: boolean
  /** Where the line stands in a long list of which only a part exists. */
  place?: ComponentProps<'li'> & { 'data-person'?: string }
  /** Buttons at the right. */
  children: ReactNode
}

/** One person in a list of people. */
export function PersonLine({
  name,
  address,
  words,
  reachable = null,
  onOpen,
  onFocus,
  inTabOrder = true,
  place = {},
  children,
}: PersonLineProps) {
  const who = (
    <>
      <Avatar name={name} address={address} reachable={reachable} />
      <span className="person-line-words">
        <bdi className="person-line-name">{name}</bdi>
        <span>{words}</span>
      </span>
    </>
  )
  return (
    <li {...place} className="person-line" onFocus={onFocus}>
      {onOpen ? (
        <button type="button" className="person-line-who" tabIndex={inTabOrder ? 0 : -1} onClick={onOpen}>
          {who}
        </button>
      ) : (
        <span className="person-line-who">{who}</span>
      )}
      {children}
    </li>
  )
}
