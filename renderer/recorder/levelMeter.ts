import peakProcessorUrl from './peakProcessor?worker&url'

export type LevelMeter = { close(): void }

/**
 * Calls `onPeak` with the loudest sample (0..1) of each 50 ms of this track. Listens only: nothing is played. Where the
 * audio thread can't be had there are no peaks, and a recording goes on without a meter.
 */
export function createLevelMeter(track: MediaStreamTrack, onPeak: (peak: number) => void): LevelMeter {
  const context = new AudioContext()
  let closed = false

  const start = async (): Promise<void> => {
    await context.audioWorklet.addModule(peakProcessorUrl)
    if (closed) return
    const peaks = new AudioWorkletNode(context, 'peak', { numberOfOutputs: 0 })
    peaks.port.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!closed && typeof data === 'number') onPeak(data)
    }
    context.createMediaStreamSource(new MediaStream([track])).connect(peaks)
    await context.resume()
  }
  start().catch(() => undefined)

  return {
    close() {
      if (closed) return
      closed = true
      context.close().catch(() => undefined)
    },
  }
}
