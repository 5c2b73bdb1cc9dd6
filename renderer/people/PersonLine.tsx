import type { ReactNode } from 'react'
import { Avatar } from '../components/Avatar'
import './PersonLine.css'

type PersonLineProps = {
  name: string
  address: string
  words: string
  reachable?: boolean | null
  /** Makes the name a button. */
  onOpen?: () => void
  /** Buttons at the right. */
  children: ReactNode
}

/** One person in a list of people. */
export function PersonLine({ name, address, words, reachable = null, onOpen, children }: PersonLineProps) {
  const who = (
    <>
      <Avatar name={name} address={address} reachable={reachable} />
      <span className="person-line-words">
        <span className="person-line-name">{name}</span>
        <span>{words}</span>
      </span>
    </>
  )
  return (
    <li className="person-line">
      {onOpen ? (
        <button type="button" className="person-line-who" onClick={onOpen}>
          {who}
        </button>
      ) : (
        <span className="person-line-who">{who}</span>
      )}
      {children}
    </li>
  )
}
