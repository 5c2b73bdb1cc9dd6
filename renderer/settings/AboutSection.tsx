import { selectDesktop } from '../app/desktopSlice'
import { useAppSelector } from '../app/hooks'
import { networkWords } from '../text/networkWords'
import { t } from '../text/text'

/** What this is made of, for whoever helps. */
export function AboutSection() {
  const { version, ffmpegVersion, network } = useAppSelector(selectDesktop)
  const facts: [string, string][] = [
    [t('settings.version'), version],
    [t('settings.network'), networkWords(network)],
    [t('settings.ffmpeg'), ffmpegVersion ?? t('settings.noFfmpeg')],
  ]
  return (
    <dl>
      {facts.map(([name, value]) => (
        <div key={name} className="setting-row">
          <dt>{name}</dt>
          <dd className="setting-hint">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
