import { useEffect, useState } from 'react'
import { createPictureSampler } from './pictureSampler'
import { createPictureCheck, createSilenceCheck, type SelfCheck } from './selfCheck'
import type { WatchPeaks } from './useLevels'

const PICTURE_MS = 1_000

/** What the person should know while it records, the most important first; null when all is well. */
export function useSelfCheck(
  active: boolean,
  watchPeaks: WatchPeaks,
  camera: MediaStreamTrack | null,
): SelfCheck | null {
  const silent = useSilence(active, watchPeaks)
  const picture = usePictureFault(active, camera)
  return silent ? 'silent' : picture
}

function useSilence(active: boolean, watchPeaks: WatchPeaks): boolean {
  const [silent, setSilent] = useState(false)
  useEffect(() => {
    if (!active) return
    const isSilent = createSilenceCheck()
    const stop = watchPeaks((peak) => setSilent(isSilent(peak, performance.now())))
    return () => {
      stop()
      setSilent(false)
    }
  }, [active, watchPeaks])
  return silent
}

function usePictureFault(active: boolean, camera: MediaStreamTrack | null): 'dark' | 'frozen' | null {
  const [fault, setFault] = useState<'dark' | 'frozen' | null>(null)
  useEffect(() => {
    if (!active || camera === null) return
    const judge = createPictureCheck()
    const sampler = createPictureSampler(camera)
    const timer = setInterval(() => {
      const pixels = sampler.pixels()
      if (pixels !== null) setFault(judge(pixels))
    }, PICTURE_MS)
    return () => {
      clearInterval(timer)
      sampler.close()
      setFault(null)
    }
  }, [active, camera])
  return fault
}
