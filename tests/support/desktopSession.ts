import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A window manager and, on demand, a real file manager in the test's own X session (Linux). */
export type DesktopSession = {
  /** Opens `folder` in a file manager window at the right of the screen; resolves once it can take a drop. */
  openFolder(folder: string): Promise<FolderWindow>
  /** Presses the mouse at `from`, moves to `to` as a hand does, and calls `beforeDrop` while it hovers there. */
  drag(from: Point, to: Point, beforeDrop?: () => Promise<void>): Promise<void>
  /** Brings the window whose title is exactly `title` to the front. */
  activate(title: string): Promise<void>
  screenshot(file: string): Promise<void>
  stop(): Promise<void>
}

export type Point = { x: number; y: number }
export type FolderWindow = { centre: Point }

const xdotool = async (...args: string[]) => (await run('xdotool', args)).stdout.trim()

/** Asks until the answer is there; bounded. X windows announce nothing that could be awaited. */
async function poll<Value>(ask: () => Promise<Value | null>, what: string): Promise<Value> {
  const deadline = Date.now() + 20_000
  for (;;) {
    const value = await ask().catch(() => null)
    if (value !== null) return value
    if (Date.now() > deadline) throw new Error(`${what} did not appear`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** @param configFolder an empty folder for the file manager's settings, so that nothing of the user's is used */
export async function startDesktopSession(configFolder: string): Promise<DesktopSession> {
  const children: ChildProcess[] = []
  const start = (command: string, args: string[]) => {
    const env = { ...process.env, XDG_CONFIG_HOME: configFolder, XDG_CURRENT_DESKTOP: 'XFCE' }
    const child = spawn(command, args, { stdio: 'ignore', env })
    children.push(child)
    return child
  }
  start('openbox', [])
  await poll(async () => ((await xdotool('get_num_desktops')) ? true : null), 'the window manager')

  return {
    async openFolder(folder) {
      start('pcmanfm', ['--no-desktop', folder])
      const id = await poll(async () => {
        const ids = await xdotool('search', '--onlyvisible', '--class', 'pcmanfm')
        return ids.split('\n').at(-1) || null
      }, 'the file manager')
      const screen = (await xdotool('getdisplaygeometry')).split(' ').map(Number)
      const [width = 1400, height = 900] = screen
      const [left, top, wide, high] = [width - 400, 60, 380, height - 160]
      await xdotool('windowsize', '--sync', id, String(wide), String(high))
      await xdotool('windowmove', '--sync', id, String(left), String(top))
      return { centre: { x: left + wide * 0.6, y: top + high * 0.6 } }
    },
    async drag(from, to, beforeDrop) {
      const move = (x: number, y: number) =>
        xdotool('mousemove', String(Math.round(x)), String(Math.round(y)))
      await move(from.x, from.y)
      await xdotool('mousedown', '1')
      // A drag begins only after a few small moves with the button down; a jump is taken for a click.
      for (let step = 1; step <= 4; step++) {
        await move(from.x + step * 6, from.y)
        await new Promise((resolve) => setTimeout(resolve, 60))
      }
      for (let step = 1; step <= 12; step++) {
        await move(from.x + ((to.x - from.x) * step) / 12, from.y + ((to.y - from.y) * step) / 12)
        await new Promise((resolve) => setTimeout(resolve, 60))
      }
      // The target answers each move whether it would take the drop; one before its first answer is lost.
      for (let step = 1; step <= 10; step++) {
        await move(to.x + (step % 2), to.y)
        await new Promise((resolve) => setTimeout(resolve, 60))
      }
      await beforeDrop?.()
      await xdotool('mouseup', '1')
    },
    async activate(title) {
      const id = await poll(async () => {
        const ids = await xdotool('search', '--onlyvisible', '--name', `^${title}$`)
        return ids.split('\n').at(-1) || null
      }, `the window ${title}`)
      await xdotool('windowactivate', '--sync', id)
    },
    async screenshot(file) {
      const display = process.env.DISPLAY ?? ':0'
      const size = (await xdotool('getdisplaygeometry')).replace(' ', 'x')
      const grab = ['-v', 'error', '-y', '-f', 'x11grab', '-video_size', size, '-i', display]
      await run('ffmpeg', [...grab, '-frames:v', '1', '-update', '1', file])
    },
    async stop() {
      for (const child of children) child.kill()
    },
  }
}
