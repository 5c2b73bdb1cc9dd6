const startedAt = Date.now()

/** Progress goes to stderr, so that a command's own output stays clean. */
export function say(message) {
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1).padStart(5)
  process.stderr.write(`[set-up +${seconds}s] ${message}\n`)
}
