import type { z } from 'zod'

/** What a JSON column holds, or null when it is empty, damaged or not of this shape. Never throws. */
export function readJsonColumn<Value>(schema: z.ZodType<Value>, text: string | null): Value | null {
  if (text === null) return null
  try {
    const parsed = schema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
