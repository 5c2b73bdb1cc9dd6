import { Square, Volume2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { playToneOnce } from '../call/tone'
import { Button } from '../components/Button'
import { known, withSystemChoice } from '../components/deviceChoices'
import { Select } from '../components/Select'
import { useDeviceChoices } from '../components/useDeviceChoices'
import { t } from '../text/text'

type SpeakerSettingProps = { speakerId: string; onChoose: (speakerId: string) => void }

/** Where calls and messages are heard, with a sound to try it. */
export function SpeakerSetting({ speakerId, onChoose }: SpeakerSettingProps) {
  const { speakers } = useDeviceChoices()
  const [playing, setPlaying] = useState(false)
  useEffect(
    () => (playing ? playToneOnce('ring', speakerId, () => setPlaying(false)) : undefined),
    [playing, speakerId],
  )
  return (
    <>
      <Select
        label={t('settings.speaker')}
        value={known(speakerId, speakers)}
        options={withSystemChoice(speakers)}
        onChange={onChoose}
      />
      <Button icon={playing ? Square : Volume2} onClick={() => setPlaying(!playing)}>
        {t(playing ? 'settings.stopTestSound' : 'settings.testSound')}
      </Button>
    </>
  )
}
