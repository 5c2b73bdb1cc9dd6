import { Phone, Video } from 'lucide-react'
import { useAppDispatch } from '../app/hooks'
import { placeCall } from '../call/callSlice'
import { RoundButton } from '../components/RoundButton'
import { t } from '../text/text'

/** Calls somebody, with or without a picture. */
export function PersonButtons({ personId, name }: { personId: string; name: string }) {
  const dispatch = useAppDispatch()
  return (
    <>
      <RoundButton
        icon={Phone}
        label={t('people.callAudio', { name })}
        onClick={() => dispatch(placeCall({ personId, media: 'audio' }))}
      />
      <RoundButton
        icon={Video}
        tone="accent"
        label={t('people.callVideo', { name })}
        onClick={() => dispatch(placeCall({ personId, media: 'video' }))}
      />
    </>
  )
}
