/** Ends a `switch` over a union: a forgotten member is a type error here. The contract's twin would bring zod along. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`)
}
