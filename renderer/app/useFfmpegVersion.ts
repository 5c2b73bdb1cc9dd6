import { useEffect, useState } from 'react'
import { bridge } from './bridge'

/** Null: there is no usable ffmpeg. Undefined until the answer is there. */
export function useFfmpegVersion(): string | null | undefined {
  const [version, setVersion] = useState<string | null>()
  useEffect(() => {
    let asking = true
    const show = (answer: string | null) => asking && setVersion(answer)
    // A bug in main is logged there; for this screen it is as good as no ffmpeg.
    bridge.desktop.ffmpegVersion().then(show, () => show(null))
    return () => {
      asking = false
    }
  }, [])
  return version
}
