import { Search, X } from 'lucide-react'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { Icon } from '../components/Icon'
import { RoundButton } from '../components/RoundButton'
import { t } from '../text/text'
import './ContactSearch.css'
import { contactsSearched, selectContacts } from './contactsSlice'

/** Finds contacts by name while it is typed; Esc is everybody again. */
export function ContactSearch() {
  const dispatch = useAppDispatch()
  const { query, count, phase } = useAppSelector(selectContacts)
  return (
    <search className="contact-search">
      <Icon of={Search} size={18} />
      <input
        type="text"
        aria-label={t('contacts.search')}
        placeholder={t('contacts.searchHint')}
        maxLength={500}
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={(event) => dispatch(contactsSearched(event.currentTarget.value))}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || query === '') return
          event.stopPropagation()
          dispatch(contactsSearched(''))
        }}
      />
      {query !== '' && (
        <RoundButton
          icon={X}
          size={28}
          label={t('contacts.clear')}
          onClick={() => dispatch(contactsSearched(''))}
        />
      )}
      <p role="status" className="visually-hidden">
        {query !== '' && phase === 'shown' && t('contacts.found', { count })}
      </p>
    </search>
  )
}
