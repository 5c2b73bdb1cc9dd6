import { expect, test } from 'vitest'
import { notificationText } from '../../../main/electron/notificationText'
import type { HistoryEntry } from '../../../preload/contract/history'
import type { Message, MessageContent } from '../../../preload/contract/messages'

const missed: HistoryEntry = {
  call: {
    id: 'c',
    personId: 'p',
    direction: 'in',
    media: 'video',
    startedAt: 0,
    state: { phase: 'ended', outcome: 'unanswered', at: 1, talkedMs: 0, accepts: null },
    seen: false,
    late: false,
  },
  person: {
    id: 'p',
    name: 'Alice',
    address: 'a@nearby.invalid',
    contact: true,
    verified: false,
    number: null,
    reachable: true,
    blocked: false,
  },
  messages: [],
}

const message = (content: MessageContent, direction: 'in' | 'out' = 'in'): Message => ({
  id: 'm',
  callId: 'c',
  personId: 'p',
  direction,
  sentAt: 2,
  content,
  state: { phase: 'unplayed' },
  kept: false,
})
const video = message({ kind: 'video', durationMs: 24_400, size: 1, width: 1, height: 1 })

test('a missed call says who and what kind', () => {
  expect(notificationText(missed, 'full')).toEqual({ title: 'Alice', body: 'Missed video call' })
  expect(notificationText({ ...missed, call: { ...missed.call, media: 'audio' } }, 'full').body).toBe(
    'Missed call',
  )
})

test('a message says its kind and length', () => {
  expect(notificationText({ ...missed, messages: [video] }, 'full').body).toBe('Video message, 0:24')
  const audio = message({ kind: 'audio', durationMs: 125_000, size: 1, waveform: [] })
  expect(notificationText({ ...missed, messages: [audio] }, 'full').body).toBe('Audio message, 2:05')
})

test('a note is shown, cut where it is long', () => {
  const note = (text: string) => message({ kind: 'text', text })
  expect(notificationText({ ...missed, messages: [note('Call me back')] }, 'full').body).toBe('Call me back')
  expect(notificationText({ ...missed, messages: [note('x'.repeat(500))] }, 'full').body).toHaveLength(141)
})

test('the newest received message counts; our own do not', () => {
  const own = message({ kind: 'text', text: 'ours' }, 'out')
  const note = message({ kind: 'text', text: 'newest' })
  expect(notificationText({ ...missed, messages: [video, note, own] }, 'full').body).toBe('newest')
  expect(notificationText({ ...missed, messages: [own] }, 'full').body).toBe('Missed video call')
})

test.each([
  ['name', { title: 'Alice', body: 'New message' }, { title: 'Alice', body: 'Missed call' }],
  ['nothing', { title: 'Aftertone', body: 'New message' }, { title: 'Aftertone', body: 'Missed call' }],
] as const)('a preview of %s tells no more than that', (preview, message, call) => {
  const secret = { kind: 'text', text: 'The key is under the mat' } as const
  expect(notificationText({ ...missed, messages: [{ ...video, content: secret }] }, preview)).toEqual(message)
  expect(notificationText(missed, preview)).toEqual(call)
})
