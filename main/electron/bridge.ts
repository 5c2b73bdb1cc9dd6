import type { IpcMain, IpcMainInvokeEvent } from 'electron'
import type { z } from 'zod'
import { type AllRequests, allInputs } from '../../preload/contract'
import type { Handlers } from '../../preload/contract/channels'
import type { Log } from '../log'

/** A request that is refused rejects with one of these; the page learns nothing more. */
const REFUSED_SENDER = 'refused: not one of our pages'
const REFUSED_INPUT = 'refused: malformed input'
const INTERNAL = 'internal'

type BridgeParts = {
  ipc: Pick<IpcMain, 'handle'>
  /** Whether this is the main frame of one of our windows, showing one of our pages. */
  trusts(event: IpcMainInvokeEvent): boolean
  handlers: Handlers<AllRequests>
  log: Log
}

/**
 * Registers every request of the contract once, for all windows. A handler that the contract knows and `handlers`
 * lacks is a type error.
 */
export function registerBridge({ ipc, trusts, handlers, log }: BridgeParts): void {
  for (const channel of Object.keys(allInputs)) {
    // The contract ties each channel's schema to its handler's input (`InputSchemas`), which a loop can't express.
    const schema: z.ZodType = allInputs[channel as keyof AllRequests]
    const handler = handlers[channel as keyof AllRequests] as (input: unknown) => unknown

    ipc.handle(channel, async (event, ...inputs: unknown[]) => {
      if (!trusts(event)) {
        log.warn(`${channel}: a stranger asked`)
        throw new Error(REFUSED_SENDER)
      }
      const input = schema.safeParse(inputs[0])
      if (!input.success || inputs.length > 1) {
        log.warn(
          `${channel}: malformed input`,
          input.error?.issues.map((issue) => [issue.code, issue.path]),
        )
        throw new Error(REFUSED_INPUT)
      }
      let outcome: unknown
      try {
        outcome = await handler(input.data)
      } catch (bug) {
        log.error(`${channel} threw`, bug)
        throw new Error(INTERNAL)
      }
      const failure = failureOf(outcome)
      if (failure) log.info(`${channel}: ${failure}`)
      return outcome
    })
  }
}

/** The kind of an expected failure, to follow it in the log. */
function failureOf(outcome: unknown): string | null {
  if (typeof outcome !== 'object' || outcome === null || !('failure' in outcome)) return null
  const { failure } = outcome
  return typeof failure === 'object' && failure !== null && 'kind' in failure ? String(failure.kind) : null
}
