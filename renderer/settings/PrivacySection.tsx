import type { Settings } from '../../preload/contract/settings'
import { Select } from '../components/Select'
import { Switch } from '../components/Switch'
import { type TextKey, t } from '../text/text'
import { useSettings } from './useSettings'

type Preview = Settings['notificationPreview']

const previews: Record<Preview, TextKey> = {
  full: 'settings.previewFull',
  name: 'settings.previewName',
  nothing: 'settings.previewNothing',
}
const isPreview = (value: string): value is Preview => Object.hasOwn(previews, value)

/** What others hear of us, and what whoever looks at this screen reads. */
export function PrivacySection() {
  const [{ notificationPreview, playedReceipts }, change] = useSettings()
  return (
    <>
      <Select
        label={t('settings.preview')}
        value={notificationPreview}
        options={Object.entries(previews).map(([value, key]) => ({ value, label: t(key) }))}
        onChange={(value) => isPreview(value) && change({ notificationPreview: value })}
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
