import { Select } from '../components/Select'
import { Switch } from '../components/Switch'
import { t } from '../text/text'
import { BlockedPeople } from './BlockedPeople'
import { useSettings } from './useSettings'

/** Who can ring, and who can't reach us at all. */
export function PeopleSection() {
  const [{ whoCanRing, silenceUnknown }, change] = useSettings()
  return (
    <>
      <Select
        label={t('requests.whoCanRing')}
        value={whoCanRing}
        options={[
          { value: 'everyone', label: t('requests.everyone') },
          { value: 'contacts', label: t('requests.contactsOnly') },
        ]}
        onChange={(value) => change({ whoCanRing: value === 'contacts' ? 'contacts' : 'everyone' })}
      />
      {whoCanRing === 'contacts' && <p className="setting-hint">{t('requests.whoCanRingHint')}</p>}
      {whoCanRing === 'everyone' && (
        <Switch
          label={t('requests.silenceUnknown')}
          hint={t('requests.silenceUnknownHint')}
          checked={silenceUnknown}
          onChange={(on) => change({ silenceUnknown: on })}
        />
      )}
      <BlockedPeople />
    </>
  )
}
