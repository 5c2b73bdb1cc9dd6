import { z } from 'zod'

// A preload runs before the page's CSP exists, but zod's compiled parsers use `new Function`: keep it off everywhere.
z.config({ jitless: true })

/** An expected outcome as a value: what may go wrong is part of the type; bugs are thrown instead. */
export type Result<Value, Failure extends { kind: string } = never> =
  | { ok: true; value: Value }
  | { ok: false; failure: Failure }

export const ok = <Value>(value: Value): { ok: true; value: Value } => ({ ok: true, value })

export const failed = <Failure extends { kind: string }>(
  failure: Failure,
): { ok: false; failure: Failure } => ({
  ok: false,
  failure,
})

/** Ends a `switch` over a union: a forgotten member is a type error here. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`)
}
