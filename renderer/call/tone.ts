import { hearOn } from '../components/speaker'

/** One soft note: when it begins (seconds into the round), its pitch in Hz, how long it rings, and how loud (0..1). */
type Note = { at: number; pitch: number; lasts: number; gain: number }
export type Tone = 'ring' | 'ringback'

const rounds: Record<Tone, { every: number; notes: readonly Note[] }> = {
  ring: {
    every: 3,
    notes: [0, 0.9].flatMap((at) => [
      { at, pitch: 659.26, lasts: 0.7, gain: 0.1 },
      { at: at + 0.18, pitch: 880, lasts: 0.9, gain: 0.1 },
    ]),
  },
  ringback: { every: 4, notes: [{ at: 0, pitch: 425, lasts: 1.2, gain: 0.03 }] },
}

/** Plays a tone over and over on a speaker ('' is the system's choice); the returned function silences it at once. */
export function playTone(tone: Tone, speakerId: string): () => void {
  const context = openContext(speakerId)
  playRound(context, tone)
  const timer = setInterval(() => playRound(context, tone), rounds[tone].every * 1_000)
  return () => {
    clearInterval(timer)
    context.close().catch(() => undefined)
  }
}

/** Plays a tone once, to try a speaker; the returned function silences it before its end. */
export function playToneOnce(tone: Tone, speakerId: string, onEnd: () => void): () => void {
  const context = openContext(speakerId)
  playRound(context, tone).onended = onEnd
  return () => {
    context.close().catch(() => undefined)
  }
}

function openContext(speakerId: string): AudioContext {
  const context = new AudioContext()
  if (speakerId !== '') hearOn(context, speakerId)
  return context
}

/** Returns what sounds last. */
function playRound(context: AudioContext, tone: Tone): AudioScheduledSourceNode {
  const played = rounds[tone].notes.map(({ at, pitch, lasts, gain }) => {
    const from = context.currentTime + at
    const volume = context.createGain()
    // Swells and fades, so that nothing clicks.
    volume.gain.setValueAtTime(0, from)
    volume.gain.linearRampToValueAtTime(gain, from + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.0001, from + lasts)
    const note = new OscillatorNode(context, { type: 'sine', frequency: pitch })
    note.connect(volume).connect(context.destination)
    note.start(from)
    note.stop(from + lasts)
    return { note, ends: from + lasts }
  })
  return played.reduce((last, next) => (next.ends > last.ends ? next : last)).note
}
