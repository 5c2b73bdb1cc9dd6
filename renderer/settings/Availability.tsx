import { useState } from 'react'
import { selectDesktop } from '../app/desktopSlice'
import { useAppSelector } from '../app/hooks'
import { Avatar } from '../components/Avatar'
import { Button } from '../components/Button'
import { Dialog } from '../components/Dialog'
import { Select } from '../components/Select'
import { formatMoment } from '../text/formats'
import { networkWords } from '../text/networkWords'
import { t } from '../text/text'
import './Availability.css'
import { untilChoices, untilOf, untilValue } from './availabilityChoices'
import { TextSetting } from './TextSetting'
import { useSettings } from './useSettings'

/** Ourselves at the bottom of the sidebar: whether calls reach us, and the way to change that. */
export function Availability() {
  const [{ name, available, unavailableUntil }] = useSettings()
  const { network } = useAppSelector(selectDesktop)
  const [open, setOpen] = useState(false)
  const failed = network.kind === 'failed'
  const away =
    unavailableUntil === null
      ? t('requests.notAvailable')
      : t('requests.notAvailableUntil', { time: formatMoment(unavailableUntil, Date.now()) })
  const words = available || failed ? networkWords(network) : away
  return (
    <>
      <button
        type="button"
        className="availability"
        aria-haspopup="dialog"
        aria-describedby="availability-hint"
        onClick={() => setOpen(true)}
      >
        <Avatar name={name} address={name} size={32} reachable={available && network.kind === 'on'} />
        <span className="availability-words">
          <span className="availability-name">{name === '' ? t('frame.noName') : name}</span>
          <span className="availability-state" data-failed={failed} data-away={!available}>
            {words}
          </span>
        </span>
      </button>
      <span id="availability-hint" hidden>
        {t('requests.availability')}
      </span>
      {/* What is inside a button is never announced. */}
      <p role="status" className="visually-hidden">
        {words}
      </p>
      {open && <AvailabilityDialog onClose={() => setOpen(false)} />}
    </>
  )
}

/** Applies at once, like every setting. */
function AvailabilityDialog({ onClose }: { onClose: () => void }) {
  const [{ available, unavailableUntil, unavailableNote }, change] = useSettings()
  const now = Date.now()
  const choice = (isAvailable: boolean, words: string) => (
    <label className="availability-choice">
      <input
        type="radio"
        name="availability"
        checked={available === isAvailable}
        onChange={() => change({ available: isAvailable, unavailableUntil: null })}
      />
      {words}
    </label>
  )
  return (
    <Dialog
      title={t('requests.availability')}
      onClose={onClose}
      actions={
        <Button tone="primary" onClick={onClose}>
          {t('requests.done')}
        </Button>
      }
    >
      <fieldset className="availability-choices" aria-label={t('requests.availability')}>
        {choice(true, t('requests.available'))}
        {choice(false, t('requests.notAvailable'))}
      </fieldset>
      {!available && (
        <>
          <p className="setting-hint">{t('requests.notAvailableHint')}</p>
          <Select
            label={t('requests.until')}
            value={untilValue(unavailableUntil)}
            options={untilChoices(unavailableUntil, now)}
            onChange={(value) => change({ unavailableUntil: untilOf(value, Date.now()) })}
          />
          <TextSetting
            label={t('requests.availabilityNote')}
            hint={t('requests.availabilityNoteHint')}
            value={unavailableNote}
            maxLength={200}
            onChange={(value) => change({ unavailableNote: value })}
          />
        </>
      )}
    </Dialog>
  )
}
