import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { type Readable, Transform } from 'node:stream'
import { failed, ok } from '../../../preload/contract/result'
import type { Clock } from '../../clock'
import { type Log, silentLog } from '../../log'
import { receiveFile } from '../files/receiveFile'
import type { Address, MediaFile, Network } from '../network'
import type { Packet } from '../session/packet'
import { createSession, type Session } from '../session/session'

/** What goes wrong between the two ends; change it at any time. */
export type MemoryFaults = {
  /** Decides over each message on its way. `delay` waits on the pair's clock, so later ones overtake it. */
  message: (packet: Packet, from: Address) => 'pass' | 'drop' | 'twice' | { delayMs: number }
  /** Every message that is delivered is answered with "refused", and does not arrive. */
  refuse: boolean
  /** A byte of each file is changed on the way. */
  damage: boolean
  /** A file's transfer breaks after so many bytes, once. */
  cutAfterBytes: number | null
}

export type MemoryPair = {
  alice: Network
  bob: Network
  faults: MemoryFaults
  link: { isUp(): boolean; down(): void; up(): void }
}

export type MemoryPairOptions = {
  clock: Clock
  names?: { alice: string; bob: string }
  log?: Log
}

type Offer = { to: Address; path: string; file: MediaFile; progress: (bytes: number) => void }
type End = { session: Session; address: Address; on: boolean; status: () => void }

/** Two networks joined in this process, for tests: the real session above, faults instead of sockets below. */
export function createMemoryPair({ clock, names, log = silentLog }: MemoryPairOptions): MemoryPair {
  const faults: MemoryFaults = { message: () => 'pass', refuse: false, damage: false, cutAfterBytes: null }
  const offers = new Map<string, Offer>()
  let up = true
  let joined = false

  function createEnd(name: string, other: () => End): { end: End; network: Network } {
    const address = memoryAddress()
    const session = createSession({
      wire: { send: (to, packet) => carry(end, other(), to, packet) },
      clock,
      name,
      contacts: [],
      async offerFile({ to, path, file, progress }) {
        const found = await stat(path).catch(() => null)
        if (found?.size !== file.size) return null
        const source = `https://${address.split('@')[0]}.nearby.invalid/m/${randomBytes(16).toString('hex')}`
        offers.set(source, { to, path, file, progress })
        return { source, withdraw: () => offers.delete(source) }
      },
      log,
    })
    const end: End = {
      session,
      address,
      on: false,
      status: () => session.emit({ type: 'status', status: { kind: end.on ? 'on' : 'off' } }),
    }
    const network: Network = {
      ...session,
      kind: 'nearby',
      self: address,
      async start() {
        end.on = true
        end.status()
        join()
      },
      async stop() {
        await session.leave()
        end.on = false
        part()
        end.status()
      },
      wake: () => {},
      iceServers: async () => [],
      fetch: (arrival, path, progress, stop) =>
        receiveFile({
          file: arrival.file,
          path,
          progress,
          stop,
          open: async (from) => open(address, arrival.source, from),
        }),
    }
    return { end, network }
  }

  const reachable = (): boolean => up && alice.end.on && bob.end.on

  async function carry(from: End, to: End, address: Address, packet: Packet): Promise<boolean> {
    if (!joined || !reachable() || address !== to.address) return false
    const isMessage = packet.kind === 'note' || packet.kind === 'file' || packet.kind === 'missed-call'
    if (faults.refuse && isMessage) {
      queueMicrotask(() =>
        from.session.heard(to.address, { kind: 'receipt', id: packet.id, state: 'refused' }),
      )
      return true
    }
    const arrive = (): void => {
      if (joined && reachable()) to.session.heard(from.address, structuredClone(packet))
    }
    const fate = faults.message(packet, from.address)
    if (fate === 'pass' || fate === 'twice') queueMicrotask(arrive)
    if (fate === 'twice') queueMicrotask(arrive)
    if (typeof fate === 'object') clock.after(fate.delayMs, arrive)
    return true
  }

  function open(reader: Address, source: string, from: number) {
    const offer = offers.get(source)
    if (!joined || !reachable()) return failed({ kind: 'unreachable' as const })
    if (!offer || offer.to !== reader) return failed({ kind: 'gone' as const })
    let sent = from
    const cutAt = faults.cutAfterBytes
    const faulty = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        if (faults.damage && sent === from) chunk[0] = (chunk[0] ?? 0) ^ 0xff
        sent += chunk.length
        offer.progress(sent)
        const isCut = cutAt !== null && sent > cutAt
        if (isCut) faults.cutAfterBytes = null
        if (isCut || !reachable()) done(new Error('the link broke'))
        else done(null, chunk)
      },
    })
    const file = createReadStream(offer.path, { start: from })
    file.on('error', (error) => faulty.destroy(error))
    return ok<Readable>(file.pipe(faulty))
  }

  function join(): void {
    if (joined || !reachable()) return
    joined = true
    for (const [end, other] of [
      [alice, bob],
      [bob, alice],
    ] as const) {
      end.end.session.book.learn(other.end.address, { reachable: true })
      end.end.session.linked(other.end.address)
    }
  }

  function part(): void {
    if (!joined) return
    joined = false
    for (const [end, other] of [
      [alice, bob],
      [bob, alice],
    ] as const) {
      end.end.session.book.learn(other.end.address, { reachable: false })
      end.end.session.unlinked(other.end.address)
    }
  }

  const alice = createEnd(names?.alice ?? 'Alice', () => bob.end)
  const bob = createEnd(names?.bob ?? 'Bob', () => alice.end)
  return {
    alice: alice.network,
    bob: bob.network,
    faults,
    link: {
      isUp: () => up,
      down() {
        up = false
        part()
      },
      up() {
        up = true
        join()
      },
    },
  }
}

/** A well-formed nearby address that belongs to no key. */
function memoryAddress(): Address {
  const letters = 'abcdefghijklmnopqrstuvwxyz234567'
  const key = [...randomBytes(51)].map((byte) => letters[byte % 32]).join('')
  return `${key}a@nearby.invalid`
}
