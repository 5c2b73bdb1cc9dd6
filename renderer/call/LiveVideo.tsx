import { useEffect, useRef } from 'react'
import './LiveVideo.css'

type LiveVideoProps = {
  /** When it becomes null the last picture stays. */
  track: MediaStreamTrack | null
  /** Our own picture looks like a mirror; what is sent does not. */
  mirrored?: boolean
  className?: string
}

/** A camera's picture, without sound. Decoration for a screen reader. */
export function LiveVideo({ track, mirrored = false, className = '' }: LiveVideoProps) {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (video.current !== null && track !== null) video.current.srcObject = new MediaStream([track])
  }, [track])
  return (
    <div className={`live-video ${className}`} data-mirrored={mirrored} aria-hidden="true">
      <video ref={video} autoPlay muted playsInline disablePictureInPicture />
    </div>
  )
}
