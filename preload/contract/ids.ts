import { z } from 'zod'
import './result'

/** Every row's id is a UUID; a call's is its XMPP Jingle session id as well (XEP-0353). */
export const id = z.uuid()
export const noInput = z.undefined()
export const medium = z.enum(['audio', 'video'])
export type Medium = z.infer<typeof medium>
