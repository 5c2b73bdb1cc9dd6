import { Phone, Video } from 'lucide-react'
import { useAppDispatch } from '../app/hooks'
import { placeCall } from '../call/callSlice'
import { RoundButton } from '../components/RoundButton'
import { t } from '../text/text'

type PersonButtonsProps = {
  personId: string
  name: string
  /** Whether Tab reaches them; in a long list only those of one row. */
  inTabOrder?: boolean
}

/** Calls somebody, with or without a picture. */
export function PersonButtons({ personId, name, inTabOrder = true }: PersonButtonsProps) {
  const dispatch = useAppDispatch()
  const tabIndex = inTabOrder ? 0 : -1
  return (
    <>
      <RoundButton
        icon={Phone}
        label={t('people.callAudio', { name })}
        tabIndex={tabIndex}
        onClick={() => dispatch(placeCall({ personId, media: 'audio' }))}
      />
      <RoundButton
        icon={Video}
        tone="accent"
        label={t('people.callVideo', { name })}
        tabIndex={tabIndex}
        onClick={() => dispatch(placeCall({ personId, media: 'video' }))}
      />
    </>
  )
}
