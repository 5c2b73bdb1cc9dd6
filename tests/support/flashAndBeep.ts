import type { Page } from '@playwright/test'

/**
 * Makes the page's camera and microphone flash and beep together, once a second. Chromium's fake devices start at
 * different moments, so only this shows whether picture and sound stay in step from the recorder on. The frames are
 * handed over by themselves: a captured canvas would add what the compositor takes, two frames and more on a busy machine.
 */
export async function flashAndBeep(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sound = new AudioContext({ sampleRate: 48_000, latencyHint: 'interactive' })
    const gain = new GainNode(sound, { gain: 0 })
    const tone = new OscillatorNode(sound, { frequency: 1_000 })
    tone.connect(gain)
    tone.start()
    for (let second = 1; second < 120; second++) {
      gain.gain.setValueAtTime(0.8, second)
      gain.gain.setValueAtTime(0, second + 0.1)
    }
    // `currentTime` runs a device buffer ahead of what was rendered; the samples themselves don't.
    const listener = new AnalyserNode(sound, { fftSize: 256 })
    gain.connect(listener)
    const samples = new Float32Array(listener.fftSize)
    const beeps = () => {
      listener.getFloatTimeDomainData(samples)
      return samples.some((sample) => Math.abs(sample) > 0.1)
    }

    const picture = (colour: string) => {
      const canvas = new OffscreenCanvas(320, 180)
      const context = canvas.getContext('2d')
      if (context) context.fillStyle = colour
      context?.fillRect(0, 0, canvas.width, canvas.height)
      return canvas
    }
    const [dark, bright] = [picture('#000'), picture('#fff')]
    // In Chromium, not yet in TypeScript's own types.
    const { MediaStreamTrackGenerator } = window as unknown as {
      MediaStreamTrackGenerator: new (init: {
        kind: 'video'
      }) => MediaStreamTrack & { writable: WritableStream<VideoFrame> }
    }
    const film = (track: { writable: WritableStream<VideoFrame> }) => {
      const frames = track.writable.getWriter()
      let shown = false
      let ticks = 0
      const shoot = () => {
        const on = beeps()
        // A change at once, and 40 frames a second anyway.
        if (on === shown && ++ticks % 5 !== 0) return
        shown = on
        const timestamp = Math.round(performance.now() * 1_000)
        frames.write(new VideoFrame(on ? bright : dark, { timestamp })).catch(() => clearInterval(timer))
      }
      const timer = setInterval(shoot, 5)
    }

    navigator.mediaDevices.getUserMedia = async ({ video } = {}) => {
      await sound.resume()
      if (video) {
        const track = new MediaStreamTrackGenerator({ kind: 'video' })
        film(track)
        return new MediaStream([track])
      }
      const microphone = sound.createMediaStreamDestination()
      gain.connect(microphone)
      return microphone.stream
    }
  })
}
