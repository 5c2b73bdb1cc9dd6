import { type PointerEvent, useRef, useState } from 'react'
import { t } from '../text/text'
import { type Corner, cornerByKey, nearestCorner } from './corner'
import { LiveVideo } from './LiveVideo'
import './SelfTile.css'

type Drag = { fromX: number; fromY: number; x: number; y: number }

/** Our own picture in a corner of the call. Let go, it rests in the nearest corner; arrow keys move it too. */
export function SelfTile({ track }: { track: MediaStreamTrack }) {
  const tile = useRef<HTMLButtonElement>(null)
  const [corner, setCorner] = useState<Corner>({ right: true, bottom: false })
  const [drag, setDrag] = useState<Drag | null>(null)

  const letGo = (event: PointerEvent) => {
    const area = tile.current?.offsetParent?.getBoundingClientRect()
    if (drag !== null && area !== undefined) {
      setCorner(nearestCorner({ x: event.clientX - area.left, y: event.clientY - area.top }, area))
    }
    setDrag(null)
  }

  return (
    <button
      ref={tile}
      type="button"
      className="self-tile"
      aria-label={t('call.ownPicture')}
      data-right={corner.right}
      data-bottom={corner.bottom}
      data-dragged={drag !== null}
      style={drag === null ? undefined : { translate: `${drag.x}px ${drag.y}px` }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setDrag({ fromX: event.clientX, fromY: event.clientY, x: 0, y: 0 })
      }}
      onPointerMove={({ clientX, clientY }) =>
        setDrag((from) => from && { ...from, x: clientX - from.fromX, y: clientY - from.fromY })
      }
      onPointerUp={letGo}
      onPointerCancel={() => setDrag(null)}
      onKeyDown={(event) => {
        const moved = cornerByKey(corner, event.key)
        if (moved === null) return
        event.preventDefault()
        setCorner(moved)
      }}
    >
      <LiveVideo track={track} mirrored />
    </button>
  )
}
