import { writeFileSync } from 'node:fs'

const RATE = 48_000
const SECONDS = 6

/**
 * Writes a WAV of a babbling voice (a buzz through three vowel formants, four syllables a second) for Chromium's
 * fake microphone. Unlike a steady tone it survives noise suppression.
 *
 * @param pitch the voice's fundamental, in hertz
 */
export function writeVoice(file: string, pitch: number): void {
  const samples = RATE * SECONDS
  const data = Buffer.alloc(44 + samples * 2)
  data.write('RIFF', 0)
  data.writeUInt32LE(36 + samples * 2, 4)
  data.write('WAVEfmt ', 8)
  data.writeUInt32LE(16, 16)
  data.writeUInt16LE(1, 20)
  data.writeUInt16LE(1, 22)
  data.writeUInt32LE(RATE, 24)
  data.writeUInt32LE(RATE * 2, 28)
  data.writeUInt16LE(2, 32)
  data.writeUInt16LE(16, 34)
  data.write('data', 36)
  data.writeUInt32LE(samples * 2, 40)
  const formants = [700, 1_220, 2_600]
  for (let i = 0; i < samples; i++) {
    const t = i / RATE
    const syllable =
      Math.max(0, Math.sin(2 * Math.PI * 4 * t)) ** 0.6 * (0.55 + 0.45 * Math.sin(2 * Math.PI * 0.5 * t))
    let value = 0
    for (let harmonic = 1; harmonic <= 24; harmonic++) {
      const hertz = pitch * harmonic * (1 + 0.02 * Math.sin(2 * Math.PI * 5 * t))
      const gain = formants.reduce((sum, centre) => sum + Math.exp(-(((hertz - centre) / 180) ** 2)), 0.05)
      value += (gain / harmonic ** 0.5) * Math.sin(2 * Math.PI * pitch * harmonic * t)
    }
    data.writeInt16LE(Math.round(Math.max(-1, Math.min(1, 0.35 * syllable * value)) * 32_000), 44 + i * 2)
  }
  writeFileSync(file, data)
}
