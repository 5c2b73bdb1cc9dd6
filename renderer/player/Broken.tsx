import { FileX } from 'lucide-react'
import { Icon } from '../components/Icon'
import { t } from '../text/text'
import './Broken.css'

/** In place of a player whose file cannot be played. */
export function Broken() {
  return (
    <div className="broken" role="alert">
      <Icon of={FileX} size={28} />
      <p>{t('player.broken')}</p>
    </div>
  )
}
