import { ShieldCheck, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { PersonAddress, PersonDetails } from '../../preload/contract/people'
import { failureParameters, failureText } from '../app/failureTexts'
import { useAppDispatch } from '../app/hooks'
import { Button } from '../components/Button'
import { Icon } from '../components/Icon'
import { RoundButton } from '../components/RoundButton'
import { TextField } from '../components/TextField'
import { t } from '../text/text'
import './PersonAddresses.css'
import { addAddress, removeAddress, verifyPerson } from './peopleSlice'
import { sixDigits } from './sixDigits'

/** All the ways to reach a contact, and one more. The first that can be reached is called. */
export function PersonAddresses({ details: { person, addresses } }: { details: PersonDetails }) {
  return (
    <section className="person-addresses" aria-label={t('contacts.addresses')}>
      <h2 className="people-heading">{t('contacts.addresses')}</h2>
      <ul className="people-card">
        {addresses.map((one) => (
          <AddressLine
            key={one.address}
            personId={person.id}
            one={one}
            called={one.address === person.address}
            only={addresses.length === 1}
          />
        ))}
      </ul>
      <AddAddress personId={person.id} />
    </section>
  )
}

type AddressLineProps = { personId: string; one: PersonAddress; called: boolean; only: boolean }

function AddressLine({ personId, one, called, only }: AddressLineProps) {
  const dispatch = useAppDispatch()
  const { address, number, reachable, verified } = one
  // A key says nothing to anybody; its six digits can be compared.
  const shown = number === null ? address : t('contacts.addressNumber', { number: sixDigits(number) })
  const words = [
    t(number === null ? 'contacts.account' : 'contacts.onThisNetwork'),
    reachable && t('contacts.here'),
    called && !only && t('contacts.called'),
  ]
  return (
    <li className="person-address">
      <div className="person-address-words">
        <p>{shown}</p>
        <p>{words.filter(Boolean).join(' · ')}</p>
      </div>
      {verified && (
        <span className="person-trust-verified">
          <Icon of={ShieldCheck} size={16} />
          {t('contacts.addressVerified')}
        </span>
      )}
      {/* The called one is compared above. */}
      {!verified && !called && number !== null && (
        <Button
          tone="quiet"
          aria-label={t('contacts.verifyAddress', { number: sixDigits(number) })}
          onClick={() => dispatch(verifyPerson({ personId, address }))}
        >
          {t('people.verify')}
        </Button>
      )}
      {!only && (
        <RoundButton
          icon={X}
          size={28}
          label={t('contacts.removeAddress', { address: shown })}
          onClick={() => dispatch(removeAddress({ personId, address }))}
        />
      )}
    </li>
  )
}

function AddAddress({ personId }: { personId: string }) {
  const dispatch = useAppDispatch()
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string>()
  const add = async (event: FormEvent) => {
    event.preventDefault()
    const done = await dispatch(addAddress({ personId, text: text.trim() }))
    if (addAddress.fulfilled.match(done)) {
      setText('')
      return
    }
    const key = failureText(done.payload)
    setProblem(key === null ? undefined : t(key, failureParameters(done.payload)))
  }
  return (
    <form className="invite-line" onSubmit={(event) => void add(event)}>
      <TextField
        label={t('contacts.addAddress')}
        hint={t('contacts.addAddressHint')}
        {...(problem ? { problem } : {})}
        autoComplete="off"
        spellCheck={false}
        maxLength={2_000}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setProblem(undefined)
        }}
      />
      <Button type="submit" disabled={text.trim() === ''}>
        {t('contacts.addAddressAction')}
      </Button>
    </form>
  )
}
