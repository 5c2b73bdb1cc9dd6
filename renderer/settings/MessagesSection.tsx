import { Switch } from '../components/Switch'
import { t } from '../text/text'
import { TextSetting } from './TextSetting'
import { useSettings } from './useSettings'

const LONGEST_VIDEO_SECONDS = 180
const LONGEST_AUDIO_SECONDS = 300

/** What others may leave when we don't answer, and what they hear of it. */
export function MessagesSection() {
  const [{ acceptVideoSeconds, acceptAudioSeconds, acceptNotes, note, playedReceipts }, change] =
    useSettings()
  return (
    <>
      <Switch
        label={t('settings.acceptVideo')}
        hint={t('settings.acceptVideoHint')}
        checked={acceptVideoSeconds > 0}
        onChange={(on) => change({ acceptVideoSeconds: on ? LONGEST_VIDEO_SECONDS : 0 })}
      />
      <Switch
        label={t('settings.acceptAudio')}
        hint={t('settings.acceptAudioHint')}
        checked={acceptAudioSeconds > 0}
        onChange={(on) => change({ acceptAudioSeconds: on ? LONGEST_AUDIO_SECONDS : 0 })}
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
      <Switch
        label={t('settings.playedReceipts')}
        hint={t('settings.playedReceiptsHint')}
        checked={playedReceipts}
        onChange={(on) => change({ playedReceipts: on })}
      />
    </>
  )
}
