import { z } from 'zod'
import type { Accepts } from '../../preload/contract/people'
import { readJsonColumn } from '../database/jsonColumn'
import { cleanLine } from './shownText'

const LONGEST_NOTE = 200
const LONGEST_SECONDS = 3_600

const accepts = z.object({
  video: z.int().min(0),
  audio: z.int().min(0),
  text: z.boolean(),
  note: z.string(),
}) satisfies z.ZodType<Accepts>

/** Takes nothing: what people hear who may not leave a message. It tells them no note either. */
export const ACCEPTS_NOTHING: Accepts = { video: 0, audio: 0, text: false, note: '' }

/** What a peer says of itself, within bounds. */
export function cleanAccepts(told: Accepts): Accepts {
  const seconds = (value: number) => Math.min(LONGEST_SECONDS, Math.max(0, Math.trunc(value) || 0))
  return {
    video: seconds(told.video),
    audio: seconds(told.audio),
    text: told.text,
    note: cleanLine(told.note, LONGEST_NOTE),
  }
}

export const readAccepts = (column: string | null): Accepts | null => readJsonColumn(accepts, column)
export const writeAccepts = (value: Accepts | null): string | null => value && JSON.stringify(value)
