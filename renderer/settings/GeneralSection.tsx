import type { Settings } from '../../preload/contract/settings'
import { Select } from '../components/Select'
import { t } from '../text/text'
import { TextSetting } from './TextSetting'
import { useSettings } from './useSettings'

const isLook = (value: string): value is Settings['look'] =>
  value === 'system' || value === 'light' || value === 'dark'

/** Our name and the look. */
export function GeneralSection() {
  const [{ name, look }, change] = useSettings()
  return (
    <>
      <TextSetting
        label={t('settings.name')}
        hint={t('settings.nameHint')}
        value={name}
        maxLength={100}
        onChange={(value) => change({ name: value })}
      />
      <Select
        label={t('settings.look')}
        value={look}
        options={[
          { value: 'system', label: t('settings.lookSystem') },
          { value: 'light', label: t('settings.lookLight') },
          { value: 'dark', label: t('settings.lookDark') },
        ]}
        onChange={(value) => isLook(value) && change({ look: value })}
      />
    </>
  )
}
