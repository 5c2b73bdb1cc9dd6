import type { MessageContent } from '../../preload/contract/messages'
import type { Accepts } from '../../preload/contract/people'
import { assertNever } from '../../preload/contract/result'

/** A recorder stops a little after its limit. */
const GRACE_MS = 2_000

/** Whether somebody takes this kind at all. Null: they never told, so it is worth a try. */
export function takesKind(accepts: Accepts | null, kind: MessageContent['kind']): boolean {
  if (accepts === null) return true
  switch (kind) {
    case 'text':
      return accepts.text
    case 'audio':
      return accepts.audio > 0
    case 'video':
      return accepts.video > 0
    default:
      return assertNever(kind)
  }
}

/** Whether somebody takes a recording of this kind and length. */
export function takesLength(accepts: Accepts | null, kind: 'audio' | 'video', durationMs: number): boolean {
  return accepts === null || (takesKind(accepts, kind) && durationMs <= accepts[kind] * 1_000 + GRACE_MS)
}
