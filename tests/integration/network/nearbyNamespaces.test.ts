import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { NetworkEvent } from '../../../main/network/network'
import type { Order, Word } from './namespaceEnd'

/** Names that nobody else's namespaces have. */
const left = `aftertone-a-${process.pid}`
const right = `aftertone-b-${process.pid}`
const ip = (...words: string[]): Buffer => execFileSync('ip', words, { stdio: 'pipe' })

function whyNot(): string | null {
  if (process.platform !== 'linux') return 'network namespaces are a thing of Linux'
  if (process.getuid?.() !== 0) return 'making network namespaces needs root'
  try {
    execFileSync('tc', ['-V'])
    ip('netns', 'add', left)
    ip('netns', 'delete', left)
    return null
  } catch {
    return 'this machine makes no network namespaces (ip and tc are needed)'
  }
}

type Device = { child: ChildProcess; words: Word[]; tell(order: Order): void }
const reason = whyNot()

describe.skipIf(reason !== null)(
  `two devices on a real network${reason ? ` (skipped: ${reason})` : ''}`,
  () => {
    let folder: string
    let devices: Device[]

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'aftertone-namespaces-'))
      devices = []
      ip('netns', 'add', left)
      ip('netns', 'add', right)
      ip('link', 'add', 'va', 'netns', left, 'type', 'veth', 'peer', 'name', 'vb', 'netns', right)
      for (const [namespace, device, address] of [
        [left, 'va', '10.77.0.1/24'],
        [right, 'vb', '10.77.0.2/24'],
      ] as const) {
        ip('-n', namespace, 'address', 'add', address, 'dev', device)
        ip('-n', namespace, 'link', 'set', device, 'up')
      }
    })
    afterEach(async () => {
      for (const { child } of devices) child.kill()
      for (const namespace of [left, right]) ip('netns', 'delete', namespace)
      await rm(folder, { recursive: true })
    })

    function start(namespace: string, name: string): Device {
      const script = join(import.meta.dirname, 'namespaceEnd.ts')
      const child = spawn(
        'ip',
        [
          'netns',
          'exec',
          namespace,
          process.execPath,
          '--import',
          'tsx',
          script,
          name,
          join(folder, `${name}.mp4`),
        ],
        { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization: 'advanced' },
      )
      const words: Word[] = []
      child.on('message', (word: Word) => words.push(word))
      const device: Device = { child, words, tell: (order) => void child.send(order) }
      devices.push(device)
      return device
    }
    async function hears<Type extends Word['type']>(
      device: Device,
      type: Type,
      matches: (word: Extract<Word, { type: Type }>) => boolean = () => true,
    ): Promise<Extract<Word, { type: Type }>> {
      return vi.waitFor(
        () => {
          const found = device.words
            .filter((word): word is Extract<Word, { type: Type }> => word.type === type)
            .find(matches)
          if (!found) expect.fail(`no such ${type}`)
          return found
        },
        { timeout: 40_000, interval: 10 },
      )
    }
    const seesPeer =
      (address: string, reachable: boolean) =>
      ({ event }: { event: NetworkEvent }): boolean =>
        event.type === 'peer' && event.peer.address === address && event.peer.reachable === reachable

    test('find each other, ring, and deliver a file through a link that goes down and up', async () => {
      const alice = start(left, 'Alice')
      const bob = start(right, 'Bob')
      const [{ self: alices }, { self: bobs }] = await Promise.all([
        hears(alice, 'ready'),
        hears(bob, 'ready'),
      ])
      await hears(alice, 'event', seesPeer(bobs, true))
      await hears(bob, 'event', seesPeer(alices, true))

      const callId = randomUUID()
      alice.tell({ do: 'propose', callId, to: bobs })
      await hears(bob, 'event', ({ event }) => event.type === 'call' && event.name === 'Alice')
      await hears(alice, 'event', ({ event }) => event.type === 'ringing' && event.callId === callId)

      // Three seconds' worth, so that the link goes down in the middle.
      execFileSync('tc', [
        ...['-n', left, 'qdisc', 'add', 'dev', 'va', 'root'],
        ...['tbf', 'rate', '20mbit', 'burst', '64kb', 'latency', '50ms'],
      ])
      const bytes = randomBytes(8_000_000)
      const path = join(folder, 'sent.mp4')
      await writeFile(path, bytes)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      alice.tell({
        do: 'deliver',
        delivery: {
          id: randomUUID(),
          to: bobs,
          callId,
          sentAt: Date.now(),
          kind: 'file',
          path,
          file: {
            kind: 'video',
            mimeType: 'video/mp4',
            size: bytes.length,
            sha256,
            durationMs: 1_000,
            width: 640,
            height: 360,
            poster: null,
            waveform: null,
          },
        },
      })
      await hears(bob, 'progress')
      ip('-n', left, 'link', 'set', 'va', 'down')
      expect(bob.words.some((word) => word.type === 'progress' && word.bytes === bytes.length)).toBe(false)
      ip('-n', left, 'link', 'set', 'va', 'up')
      expect((await hears(alice, 'delivered')).outcome).toEqual({ ok: true, value: 'received' })
      expect((await readFile(join(folder, 'Bob.mp4'))).equals(bytes)).toBe(true)

      bob.words.splice(0)
      alice.tell({ do: 'stop' })
      await hears(alice, 'stopped')
      await hears(bob, 'event', seesPeer(alices, false))
      bob.tell({ do: 'stop' })
      await hears(bob, 'stopped')
    })
  },
)
