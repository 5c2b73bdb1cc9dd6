import { Select } from '../components/Select'
import { Switch } from '../components/Switch'
import { ACCEPT_AUDIO_SECONDS, ACCEPT_VIDEO_SECONDS, acceptLengthWords, withValue } from '../text/acceptWords'
import { t } from '../text/text'
import { TextSetting } from './TextSetting'
import { useSettings } from './useSettings'

/** What others may leave when we don't answer, and what callers read then. */
export function MessagesSection() {
  const [{ acceptVideoSeconds, acceptAudioSeconds, acceptNotes, note }, change] = useSettings()
  const lengths = (offered: readonly number[], value: number) =>
    withValue(offered, value).map((seconds) => ({
      value: String(seconds),
      label: acceptLengthWords(seconds),
    }))
  return (
    <>
      <p className="setting-hint">{t('settings.acceptHint')}</p>
      <Select
        label={t('settings.acceptVideo')}
        value={String(acceptVideoSeconds)}
        options={lengths(ACCEPT_VIDEO_SECONDS, acceptVideoSeconds)}
        onChange={(value) => change({ acceptVideoSeconds: Number(value) })}
      />
      <Select
        label={t('settings.acceptAudio')}
        value={String(acceptAudioSeconds)}
        options={lengths(ACCEPT_AUDIO_SECONDS, acceptAudioSeconds)}
        onChange={(value) => change({ acceptAudioSeconds: Number(value) })}
      />
      <Switch
        label={t('settings.acceptNotes')}
        checked={acceptNotes}
        onChange={(on) => change({ acceptNotes: on })}
      />
      <TextSetting
        label={t('settings.note')}
        hint={t('settings.noteHint')}
        value={note}
        maxLength={200}
        onChange={(value) => change({ note: value })}
      />
    </>
  )
}
