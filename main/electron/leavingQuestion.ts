export type Busy = { recording: boolean; sending: boolean; inCall: boolean }
export type LeavingQuestion = { message: string; detail: string; leave: string; stay: string }

/** What to ask before leaving, or null when nothing would be broken off. The most pressing comes first. */
export function leavingQuestion(busy: Busy): LeavingQuestion | null {
  if (busy.inCall) return question("You're in a call.", 'Leaving hangs up.')
  if (busy.recording) {
    return question("You're recording a message.", 'What you recorded is kept, and you can send it later.')
  }
  if (busy.sending) {
    return question(
      'A message is still on its way.',
      'Sending goes on from where it stopped when Aftertone is opened again.',
    )
  }
  return null
}

const question = (message: string, detail: string): LeavingQuestion => ({
  message,
  detail,
  leave: 'Leave',
  stay: 'Stay',
})
