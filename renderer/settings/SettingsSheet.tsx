import {
  HardDrive,
  Info,
  Lock,
  MessageSquare,
  Phone,
  Settings as SettingsIcon,
  Users,
  Video,
} from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { Dialog } from '../components/Dialog'
import { Icon } from '../components/Icon'
import { type TextKey, t } from '../text/text'
import { AboutSection } from './AboutSection'
import { CallsSection } from './CallsSection'
import { DevicesSection } from './DevicesSection'
import { GeneralSection } from './GeneralSection'
import { MessagesSection } from './MessagesSection'
import { PeopleSection } from './PeopleSection'
import { PrivacySection } from './PrivacySection'
import './SettingsSheet.css'
import { StorageSection } from './StorageSection'

type SectionName = 'general' | 'calls' | 'messages' | 'people' | 'devices' | 'privacy' | 'storage' | 'about'

const sections: { name: SectionName; words: TextKey; icon: typeof Info; content: () => ReactNode }[] = [
  { name: 'general', words: 'settings.general', icon: SettingsIcon, content: () => <GeneralSection /> },
  { name: 'calls', words: 'settings.calls', icon: Phone, content: () => <CallsSection /> },
  { name: 'messages', words: 'settings.messages', icon: MessageSquare, content: () => <MessagesSection /> },
  { name: 'people', words: 'settings.people', icon: Users, content: () => <PeopleSection /> },
  { name: 'devices', words: 'settings.devices', icon: Video, content: () => <DevicesSection /> },
  { name: 'privacy', words: 'settings.privacy', icon: Lock, content: () => <PrivacySection /> },
  { name: 'storage', words: 'settings.storage', icon: HardDrive, content: () => <StorageSection /> },
  { name: 'about', words: 'settings.about', icon: Info, content: () => <AboutSection /> },
]

const tabId = (name: SectionName) => `settings-tab-${name}`
const panelId = (name: SectionName) => `settings-panel-${name}`

/** All settings; each change applies at once. */
export default function SettingsSheet({ onClose }: { onClose: () => void }) {
  const [shown, setShown] = useState<SectionName>('general')
  const tabs = useRef<HTMLDivElement>(null)
  const section = sections.find(({ name }) => name === shown)

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const at = sections.findIndex(({ name }) => name === shown)
    const next = sections[(at + step + sections.length) % sections.length]
    if (!next) return
    setShown(next.name)
    tabs.current?.querySelector<HTMLElement>(`#${tabId(next.name)}`)?.focus()
  }

  return (
    <Dialog title={t('settings.title')} size="sheet" onClose={onClose}>
      <div className="settings-sheet">
        <div
          ref={tabs}
          role="tablist"
          aria-orientation="vertical"
          aria-label={t('settings.title')}
          className="settings-tabs"
          tabIndex={-1}
          onKeyDown={onKeyDown}
        >
          {sections.map(({ name, words, icon }) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={tabId(name)}
              aria-controls={panelId(name)}
              aria-selected={name === shown}
              tabIndex={name === shown ? 0 : -1}
              onClick={() => setShown(name)}
            >
              <Icon of={icon} size={18} />
              {t(words)}
            </button>
          ))}
        </div>
        <div
          key={shown}
          role="tabpanel"
          id={panelId(shown)}
          aria-labelledby={tabId(shown)}
          className="settings-panel"
        >
          {section?.content()}
        </div>
      </div>
    </Dialog>
  )
}
