import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Clock, systemClock } from '../../main/clock'
import { silentLog } from '../../main/log'
import { createMemoryPair, type MemoryPair } from '../../main/network/memory/memoryPair'
import type { Network } from '../../main/network/network'
import { createServices, type ServiceOptions, type Services } from '../../main/services'
import type { AllEvents } from '../../preload/contract'
import type { Call } from '../../preload/contract/calls'
import type { Handlers } from '../../preload/contract/channels'
import type { HistoryEntry } from '../../preload/contract/history'
import type { Medium } from '../../preload/contract/ids'
import type { Message } from '../../preload/contract/messages'
import type { Person } from '../../preload/contract/people'
import type { Result } from '../../preload/contract/result'
import type { Take, TakeRequests } from '../../preload/contract/takes'
import { eventually } from './eventually'

export type Told = { kind: 'incoming' | 'missed' | 'message' | 'withdraw'; callId: string }

/** One person's whole app, without its windows. */
export type Side = {
  readonly folder: string
  readonly address: string
  readonly services: Services
  /** Asks as a window would. */
  readonly ask: Services['handlers']
  /** Everything published, in order, over all restarts. */
  readonly events: {
    [Channel in keyof AllEvents]: { channel: Channel; event: AllEvents[Channel] }
  }[keyof AllEvents][]
  readonly told: Told[]
  /** The environment that ffmpeg is looked for in; change it before a start. */
  environment: Record<string, string | undefined>
  /** Null: what the disk really has. */
  freeBytes: number | null
  start(): Promise<void>
  stop(): Promise<void>
  /** Stops and starts anew on the same folder. */
  restart(): Promise<void>
  /** As if the process had died: nothing is tidied up, and what still runs of it is deaf and dumb. */
  crash(): void
  history(): Promise<HistoryEntry[]>
}

export type TwoPeople = { alice: Side; bob: Side; end(): Promise<void> }

/** How one side gets on the network; a new one for each start. */
type Join = (side: 'alice' | 'bob') => ServiceOptions['network']

const fullEnvironment = () => ({
  PATH: process.env.PATH,
  AFTERTONE_FFMPEG_PATH: process.env.AFTERTONE_FFMPEG_PATH,
})

function createSide(
  who: 'alice' | 'bob',
  root: string,
  clock: Clock,
  join: Join,
): Side & { endAll(): Promise<void> } {
  const folder = path.join(root, who)
  const events: Side['events'] = []
  const told: Told[] = []
  let services: Services | null = null
  let alive = { on: false }
  const dead: Services[] = []

  const running = () => {
    if (!services) throw new Error(`${who} does not run`)
    return services
  }

  const side: Side & { endAll(): Promise<void> } = {
    folder,
    events,
    told,
    environment: fullEnvironment(),
    freeBytes: null,
    get services() {
      return running()
    },
    get ask() {
      return running().handlers
    },
    get address() {
      return running().address
    },
    async start() {
      const life = { on: true }
      alive = life
      const tell = (kind: Told['kind']) => (about: HistoryEntry | string) => {
        if (life.on) told.push({ kind, callId: typeof about === 'string' ? about : about.call.id })
      }
      const network = join(who)
      const created = createServices({
        folder,
        clock,
        createLog: () => silentLog,
        publish(channel, event) {
          // Channel and event belong together here; a tuple type can't say so.
          if (life.on) events.push({ channel, event } as Side['events'][number])
        },
        notify: {
          incomingCall: tell('incoming'),
          missedCall: tell('missed'),
          message: tell('message'),
          withdraw: tell('withdraw'),
        },
        ffmpeg: { environment: side.environment, resourcesFolder: null, packaged: false },
        secretBox: { seal: (text) => Buffer.from(text), open: (bytes) => Buffer.from(bytes).toString() },
        network:
          network.kind === 'given'
            ? { kind: 'given', open: (contacts) => mortal(network.open(contacts), life) }
            : network,
        freeBytes: async () => side.freeBytes ?? Number.POSITIVE_INFINITY,
      })
      if (!created.ok) throw new Error(created.failure.kind)
      services = created.value
      await services.start()
    },
    async stop() {
      await services?.stop()
      services = null
    },
    async restart() {
      await side.stop()
      await side.start()
    },
    crash() {
      alive.on = false
      dead.push(running())
      services = null
    },
    history: async () =>
      (await running().handlers['history/page']({ filter: 'all', after: null, limit: 50 })).entries,
    async endAll() {
      await side.stop()
      for (const one of dead) await one.stop()
    },
  }
  return side
}

/** A network that its process can die away from. */
function mortal(network: Network, life: { on: boolean }): Network {
  const fallSilent = { value: undefined }
  const guard =
    <Input extends unknown[], Output>(run: (...input: Input) => Output) =>
    (...input: Input) =>
      life.on ? run(...input) : (fallSilent.value as Output)
  const never = new Promise<never>(() => {})
  return {
    ...network,
    listen: (hear) => network.listen((event) => life.on && hear(event)),
    stop: async () => (life.on ? network.stop() : undefined),
    deliver: (...input) => (life.on ? network.deliver(...input) : never),
    acknowledge: guard(network.acknowledge),
    recording: guard(network.recording),
    end: guard(network.end),
  }
}

/** Two whole apps in this process, on a memory network, with real databases, files and ffmpeg. */
export async function twoPeople({
  clock = systemClock,
}: {
  clock?: Clock
} = {}): Promise<TwoPeople & { pair: MemoryPair }> {
  const pair = createMemoryPair({ clock })
  const two = await startTwo(clock, (who) => ({ kind: 'given', open: () => pair[who] }))
  return { ...two, pair }
}

/** The same on the real nearby network, which stays on this machine's loopback. */
export const twoPeopleNearby = () => {
  // Away from the real port, so that nobody else's machine is heard or told.
  const mdnsPort = 20_000 + Math.floor(Math.random() * 20_000)
  return startTwo(systemClock, () => ({ kind: 'nearby', bind: '127.0.0.1', mdnsPort }))
}

async function startTwo(clock: Clock, join: Join): Promise<TwoPeople> {
  const root = mkdtempSync(path.join(tmpdir(), 'aftertone-two-'))
  const alice = createSide('alice', root, clock, join)
  const bob = createSide('bob', root, clock, join)
  await alice.start()
  await bob.start()
  return {
    alice,
    bob,
    async end() {
      await alice.endAll()
      await bob.endAll()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

export function value<Value>(result: Result<Value, { kind: string }>): Value {
  if (!result.ok) throw new Error(`failed: ${result.failure.kind}`)
  return result.value
}

/** The first of somebody's contacts by name. */
export async function firstContact({ ask }: Side): Promise<Person | undefined> {
  return (await ask['people/page']({ query: '', after: null, limit: 1 })).people[0]
}

/** Each saves the other as a contact, by the links that they would send each other. */
export async function befriend({
  alice,
  bob,
}: TwoPeople): Promise<{ bobForAlice: Person; aliceForBob: Person }> {
  const add = async (who: Side, other: Side) =>
    value(await who.ask['people/addByInvite']({ link: (await other.ask['people/invite']()).link }))
  const friends = { bobForAlice: await add(alice, bob), aliceForBob: await add(bob, alice) }
  await eventually(async () => (await firstContact(alice))?.reachable).toBe(true)
  await eventually(async () => (await firstContact(bob))?.reachable).toBe(true)
  return friends
}

/** Alice calls, Bob declines: the shortest way to the offer. */
export async function declinedCall(two: TwoPeople, personId: string, media: Medium = 'video'): Promise<Call> {
  const call = value(await two.alice.ask['calls/place']({ personId, media }))
  await eventually(() => two.bob.services.currentCall()?.id).toBe(call.id)
  value(await two.bob.ask['calls/decline']({ callId: call.id }))
  await eventually(() => two.alice.services.currentCall()).toBeNull()
  return call
}

/** Hands a recorded file over in chunks, as a recorder does. */
export async function appendFile(
  ask: Pick<Handlers<TakeRequests>, 'takes/append'>,
  takeId: string,
  path: string,
  chunkBytes = 64 * 1024,
): Promise<void> {
  const bytes = await readFile(path)
  for (let seq = 0; seq * chunkBytes < bytes.length; seq++) {
    const chunk = new Uint8Array(bytes.subarray(seq * chunkBytes, (seq + 1) * chunkBytes))
    value(await ask['takes/append']({ takeId, seq, bytes: chunk }))
  }
}

export const MIME_TYPES: Record<Medium, string> = {
  video: 'video/x-matroska;codecs=avc1,opus',
  audio: 'audio/webm;codecs=opus',
}

/** Records a whole take from a file. */
export async function record(
  ask: Pick<Handlers<TakeRequests>, 'takes/begin' | 'takes/append' | 'takes/finish'>,
  { callId, kind, path, durationMs }: { callId: string; kind: Medium; path: string; durationMs: number },
): Promise<Take> {
  const take = value(await ask['takes/begin']({ callId, kind, mimeType: MIME_TYPES[kind] }))
  await appendFile(ask, take.id, path)
  const size = kind === 'video' ? { width: 640, height: 360 } : { width: null, height: null }
  return value(await ask['takes/finish']({ takeId: take.id, durationMs, ...size, poster: null }))
}

/** A message as its side sees it now. */
export async function messageOn(side: Side, messageId: string): Promise<Message | undefined> {
  return (await side.history()).flatMap((entry) => entry.messages).find((message) => message.id === messageId)
}

export const phaseOn = async (side: Side, messageId: string) =>
  (await messageOn(side, messageId))?.state.phase

/** Every phase that a message went through, as it was published. */
export function phasesOf(side: Side, messageId: string): string[] {
  const phases = side.events.flatMap((told) =>
    told.channel === 'history/changed'
      ? told.event.messages
          .filter((message) => message.id === messageId)
          .map((message) => message.state.phase)
      : [],
  )
  return phases.filter((phase, at) => phase !== phases[at - 1])
}
