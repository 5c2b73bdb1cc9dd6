import { selectDesktop } from '../app/desktopSlice'
import { useAppSelector } from '../app/hooks'
import { useFfmpegVersion } from '../app/useFfmpegVersion'
import { networkWords } from '../text/networkWords'
import { t } from '../text/text'

/** What this is made of, for whoever helps. */
export function AboutSection() {
  const { version, network } = useAppSelector(selectDesktop)
  const ffmpegVersion = useFfmpegVersion()
  const facts: [string, string][] = [
    [t('settings.version'), version],
    [t('settings.network'), networkWords(network)],
    [t('settings.ffmpeg'), ffmpegVersion === undefined ? '' : (ffmpegVersion ?? t('settings.noFfmpeg'))],
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
