const NEARBY = /^[a-z2-7]{52}@nearby\.invalid$/
const ACCOUNT = /^[^\s@/"&'<>:]{1,255}@[^\s@/"&'<>:]{1,255}$/

/** The address that was typed, pasted or received, in its one spelling; null when it is none. */
export function readAddress(text: string): string | null {
  const address = text.trim().toLowerCase()
  if (address.endsWith('@nearby.invalid')) return NEARBY.test(address) ? address : null
  return ACCOUNT.test(address) ? address : null
}
