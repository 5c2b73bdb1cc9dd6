import { useEffect, useState } from 'react'
import type { PersonSettings as Own } from '../../preload/contract/personSettings'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { Select } from '../components/Select'
import { selectSettings } from '../settings/settingsSlice'
import { ACCEPT_AUDIO_SECONDS, ACCEPT_VIDEO_SECONDS, acceptLengthWords, withValue } from '../text/acceptWords'
import { isKeepRule, keepRuleTexts } from '../text/keepWords'
import { t } from '../text/text'
import './PersonSettings.css'
import { changePersonSettings, loadPersonSettings } from './personSettingsRequests'

/** What this person may leave and how long it is kept, where that is not as for everybody. */
export function PersonSettings({ personId }: { personId: string }) {
  const dispatch = useAppDispatch()
  const forAll = useAppSelector(selectSettings)
  const [own, setOwn] = useState<Own | null>(null)
  useEffect(() => {
    let gone = false
    setOwn(null)
    void dispatch(loadPersonSettings(personId)).then((loaded) => {
      if (!gone && loadPersonSettings.fulfilled.match(loaded)) setOwn(loaded.payload)
    })
    return () => {
      gone = true
    }
  }, [dispatch, personId])
  if (own === null) return null

  const change = async (some: Partial<Own>) => {
    const changed = await dispatch(changePersonSettings({ personId, change: some }))
    if (changePersonSettings.fulfilled.match(changed)) setOwn(changed.payload)
  }
  const asForAll = (words: string) => ({ value: '', label: t('people.asForAll', { words }) })
  const lengths = (offered: readonly number[], value: number | null, everybody: number) => [
    asForAll(acceptLengthWords(everybody)),
    ...(value === null ? offered : withValue(offered, value)).map((seconds) => ({
      value: String(seconds),
      label: acceptLengthWords(seconds),
    })),
  ]
  const secondsOf = (value: string) => (value === '' ? null : Number(value))
  const notesWords = (accepted: boolean) => t(accepted ? 'people.notesAccepted' : 'settings.notAccepted')
  return (
    <section className="person-settings" aria-labelledby="person-settings">
      <h2 id="person-settings">{t('people.mayLeave')}</h2>
      <Select
        label={t('settings.acceptVideo')}
        value={String(own.acceptVideoSeconds ?? '')}
        options={lengths(ACCEPT_VIDEO_SECONDS, own.acceptVideoSeconds, forAll.acceptVideoSeconds)}
        onChange={(value) => void change({ acceptVideoSeconds: secondsOf(value) })}
      />
      <Select
        label={t('settings.acceptAudio')}
        value={String(own.acceptAudioSeconds ?? '')}
        options={lengths(ACCEPT_AUDIO_SECONDS, own.acceptAudioSeconds, forAll.acceptAudioSeconds)}
        onChange={(value) => void change({ acceptAudioSeconds: secondsOf(value) })}
      />
      <Select
        label={t('people.notes')}
        value={String(own.acceptNotes ?? '')}
        options={[
          asForAll(notesWords(forAll.acceptNotes)),
          { value: 'true', label: notesWords(true) },
          { value: 'false', label: notesWords(false) },
        ]}
        onChange={(value) => void change({ acceptNotes: value === '' ? null : value === 'true' })}
      />
      <Select
        label={t('settings.keepMessages')}
        value={own.keepMessages ?? ''}
        options={[
          asForAll(t(keepRuleTexts[forAll.keepMessages])),
          ...Object.entries(keepRuleTexts).map(([value, key]) => ({ value, label: t(key) })),
        ]}
        onChange={(value) => void change({ keepMessages: isKeepRule(value) ? value : null })}
      />
    </section>
  )
}
