import type { HistoryEntry } from '../../preload/contract/history'
import type { Message } from '../../preload/contract/messages'
import { assertNever } from '../../preload/contract/result'
import type { Settings } from '../../preload/contract/settings'

export type NotificationText = { title: string; body: string }

/** A missed call, or the newest message that answers it: who, what kind, how long, or as little of it as is wanted. */
export function notificationText(
  { person, call, messages }: HistoryEntry,
  preview: Settings['notificationPreview'],
): NotificationText {
  const newest = messages.filter((message) => message.direction === 'in').at(-1)
  const bare = newest ? 'New message' : 'Missed call'
  switch (preview) {
    case 'full':
      if (newest) return { title: person.name, body: messageLine(newest) }
      return { title: person.name, body: call.media === 'video' ? 'Missed video call' : 'Missed call' }
    case 'name':
      return { title: person.name, body: bare }
    case 'nothing':
      return { title: 'Aftertone', body: bare }
    default:
      return assertNever(preview)
  }
}

const LONGEST_NOTE = 140

function messageLine({ content }: Message): string {
  switch (content.kind) {
    case 'video':
      return `Video message, ${clock(content.durationMs)}`
    case 'audio':
      return `Audio message, ${clock(content.durationMs)}`
    case 'text':
      return content.text.length > LONGEST_NOTE ? `${content.text.slice(0, LONGEST_NOTE)}…` : content.text
  }
}

/** Minutes and seconds, as `0:24`. */
function clock(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
