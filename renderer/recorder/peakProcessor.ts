// Runs in the audio thread, where the DOM library's types do not reach.
declare const sampleRate: number
declare class AudioWorkletProcessor {
  readonly port: MessagePort
}
declare function registerProcessor(name: string, processor: typeof AudioWorkletProcessor): void

const PEAK_SECONDS = 0.05

/** Posts the loudest sample of each 50 ms, 0..1. */
class PeakProcessor extends AudioWorkletProcessor {
  private peak = 0
  private frames = 0

  process([input]: Float32Array[][]): boolean {
    const channel = input?.[0]
    // No input while the source is suspended: that is silence too, and time goes on.
    if (channel !== undefined) for (const sample of channel) this.peak = Math.max(this.peak, Math.abs(sample))
    this.frames += channel?.length ?? 128
    if (this.frames >= sampleRate * PEAK_SECONDS) {
      this.port.postMessage(this.peak)
      this.peak = 0
      this.frames = 0
    }
    return true
  }
}

registerProcessor('peak', PeakProcessor)
