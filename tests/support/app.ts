import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { test as base, expect } from '@playwright/test'
import { type ColourName, colours, writeCamera } from './camera'
import { type AppOptions, type LaunchedApp, launchApp, ROOT } from './launchApp'
import { writeVoice } from './voice'

export type { LaunchedApp }
export { expect, ROOT }

export type PersonOptions = Partial<AppOptions> & {
  /** Their name; the first-run screens are done already. Without one the app starts as it does the first time. */
  person?: string
  /** What their camera sees. */
  colour?: ColourName
}
export type Launch = (options?: PersonOptions) => Promise<LaunchedApp>
export type TwoPeople = { alice: LaunchedApp; bob: LaunchedApp; aliceAtBob: string; bobAtAlice: string }

type Fixtures = {
  /** One for all apps of a test, so that they find each other and nobody else. */
  mdnsPort: number
  launch: Launch
  /** Alice (red camera) and Bob (blue camera), contacts of each other and reachable; with each one's id for the other. */
  twoPeople: TwoPeople
}

const PITCH: Record<ColourName, number> = { red: 210, blue: 115, green: 160 }

/** Clips are large and always the same, so they are written once. */
function clip(name: string, write: (file: string) => void): string {
  const folder = path.join(ROOT, 'out/test-clips')
  const file = path.join(folder, name)
  mkdirSync(folder, { recursive: true })
  if (!existsSync(file)) write(file)
  return file
}

/** Finishes the first-run screens by the bridge, as a test about something else wants them. */
export async function introduce({ page }: LaunchedApp, name: string): Promise<void> {
  await page.evaluate((ownName) => aftertone.settings.change({ name: ownName, welcomed: true }), name)
}

/** Makes `other` a contact of `self` by an invite link; resolves with the contact's id. */
export async function addByInvite(self: LaunchedApp, other: LaunchedApp): Promise<string> {
  const { link } = await other.page.evaluate(() => aftertone.people.invite())
  const added = await self.page.evaluate((invite) => aftertone.people.addByInvite({ link: invite }), link)
  if (!added.ok) throw new Error(`the invite was not taken: ${added.failure.kind}`)
  return added.value.id
}

const isReachable = ({ page }: LaunchedApp, personId: string) =>
  page.evaluate(
    async (id) => (await aftertone.people.find({ personId: id }))?.person.reachable === true,
    personId,
  )

export const test = base.extend<Fixtures>({
  // Below the range that systems hand out by themselves.
  mdnsPort: ({}, use) => use(20_000 + Math.floor(Math.random() * 10_000)),

  launch: async ({ mdnsPort }, use, info) => {
    const launched: LaunchedApp[] = []
    let profiles = 0
    await use(async ({ person, colour = 'red', ...options } = {}) => {
      const next = await launchApp({
        folder: info.outputPath(`${person ?? 'profile'}-${profiles++}`),
        mdnsPort,
        camera: clip(`${colour}.y4m`, (file) => writeCamera(file, colours[colour])),
        voice: clip(`${colour}.wav`, (file) => writeVoice(file, PITCH[colour])),
        ...options,
      })
      launched.push(next)
      if (person) await introduce(next, person)
      return next
    })
    for (const [index, { output, log }] of launched.entries()) {
      if (info.status === info.expectedStatus) break
      await info.attach(`app-${index}.txt`, {
        body: `${output()}\n--- log ---\n${log()}`,
        contentType: 'text/plain',
      })
    }
    await Promise.all(launched.map((app) => app.close().catch(() => app.kill())))
  },

  twoPeople: async ({ launch }, use) => {
    const [alice, bob] = await Promise.all([
      launch({ person: 'Alice', colour: 'red' }),
      launch({ person: 'Bob', colour: 'blue' }),
    ])
    const bobAtAlice = await addByInvite(alice, bob)
    const aliceAtBob = await addByInvite(bob, alice)
    await expect.poll(() => isReachable(alice, bobAtAlice), { timeout: 20_000 }).toBe(true)
    await expect.poll(() => isReachable(bob, aliceAtBob), { timeout: 20_000 }).toBe(true)
    await use({ alice, bob, aliceAtBob, bobAtAlice })
  },
})
