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

/** Plays a tone over and over; the returned function silences it at once. */
export function playTone(tone: Tone): () => void {
  const { every, notes } = rounds[tone]
  const context = new AudioContext()

  const playRound = (): void => {
    for (const { at, pitch, lasts, gain } of notes) {
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
    }
  }

  playRound()
  const timer = setInterval(playRound, every * 1_000)
  return () => {
    clearInterval(timer)
    context.close().catch(() => undefined)
  }
}
