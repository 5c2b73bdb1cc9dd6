import { useEffect, useRef } from 'react'
import './LiveWaveform.css'
import { meterShare, type WatchPeaks } from './useLevels'

const BAR = 4
const STEP = 8
const LEAST = 0.02

/** What is being said, running from right to left in place of a picture. Drawn outside React, once for each peak. */
export function LiveWaveform({ watchPeaks, moving }: { watchPeaks: WatchPeaks; moving: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const shares = useRef<number[]>([])
  useEffect(() => {
    if (!moving) return
    return watchPeaks((peak) => {
      shares.current = [...shares.current, meterShare(peak)].slice(-500)
      if (canvas.current !== null) draw(canvas.current, shares.current)
    })
  }, [watchPeaks, moving])
  return (
    <div className="live-waveform" aria-hidden="true">
      <canvas ref={canvas} />
    </div>
  )
}

function draw(canvas: HTMLCanvasElement, shares: readonly number[]): void {
  const { clientWidth, clientHeight } = canvas
  canvas.width = clientWidth * devicePixelRatio
  canvas.height = clientHeight * devicePixelRatio
  const context = canvas.getContext('2d')
  if (context === null) return
  context.scale(devicePixelRatio, devicePixelRatio)
  context.fillStyle = getComputedStyle(canvas).color
  const bars = Math.floor(clientWidth / STEP)
  for (let bar = 0; bar < bars; bar += 1) {
    const share = Math.max(LEAST, shares.at(-1 - bar) ?? 0)
    const height = share * clientHeight
    context.beginPath()
    context.roundRect(clientWidth - (bar + 1) * STEP, (clientHeight - height) / 2, BAR, height, BAR / 2)
    context.fill()
  }
}
