import { connect, createServer, type Socket } from 'node:net'

export type Relay = {
  readonly port: number
  /** Cuts what runs through it, and lets nothing through until `up`. */
  down(): void
  up(): void
  /** Cuts everything once so many more bytes have gone from the target to whoever dialled. */
  cutAfter(bytes: number): void
  close(): Promise<void>
}

/** A TCP relay on 127.0.0.1 that can break: the cable between two devices. */
export async function createRelay(target: { host: string; port: number }): Promise<Relay> {
  const sockets = new Set<Socket>()
  let isUp = true
  let left = Number.POSITIVE_INFINITY
  const cut = (): void => {
    for (const socket of sockets) socket.resetAndDestroy()
  }
  const server = createServer((near) => {
    if (!isUp) {
      near.resetAndDestroy()
      return
    }
    const far = connect(target)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
    near.pipe(far)
    far.pipe(near)
    far.on('data', (bytes) => {
      left -= bytes.length
      if (left > 0) return
      left = Number.POSITIVE_INFINITY
      cut()
    })
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    down() {
      isUp = false
      cut()
    },
    up() {
      isUp = true
    },
    cutAfter(bytes) {
      left = bytes
    },
    close: () =>
      new Promise((settle) => {
        cut()
        server.close(() => settle())
      }),
  }
}
