/** A network change heals by itself within this, or is worth an ICE restart. */
const PATIENCE_MS = 3_000
/** How long a connection may take to come up, or to come back. */
const CONNECT_LIMIT_MS = 20_000
const MOST_RESTARTS = 2

type WatchInput = {
  /** Asks for new paths; null where the other end has to. */
  restart: (() => void) | null
  onConnected: () => void
  /** Given up; said once. */
  onFailed: () => void
}

export type ConnectionWatch = { changed(state: RTCPeerConnectionState): void; stop(): void }

/** Follows `connectionState`: restarts ICE when the path is lost, and gives up after a while. */
export function watchConnection({ restart, onConnected, onFailed }: WatchInput): ConnectionWatch {
  let restarts = 0
  let patience: ReturnType<typeof setTimeout> | undefined
  let limit: ReturnType<typeof setTimeout> | undefined
  let over = false

  const stop = (): void => {
    over = true
    clearTimeout(patience)
    clearTimeout(limit)
  }
  const fail = (): void => {
    if (over) return
    stop()
    onFailed()
  }
  const tryAgain = (): void => {
    clearTimeout(patience)
    if (over || restart === null) return
    restarts += 1
    if (restarts > MOST_RESTARTS) fail()
    else restart()
  }
  const limited = (): void => {
    limit ??= setTimeout(fail, CONNECT_LIMIT_MS)
  }

  limited()
  return {
    changed(state) {
      if (over) return
      clearTimeout(patience)
      switch (state) {
        case 'connected':
          clearTimeout(limit)
          limit = undefined
          restarts = 0
          return onConnected()
        case 'disconnected':
          limited()
          patience = setTimeout(tryAgain, PATIENCE_MS)
          return
        case 'failed':
          limited()
          return tryAgain()
        case 'closed':
          return fail()
        case 'new':
        case 'connecting':
          return
      }
    },
    stop,
  }
}
