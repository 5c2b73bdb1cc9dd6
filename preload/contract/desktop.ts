import { z } from 'zod'
import type { EventNames, InputSchemas } from './channels'

/** How the nearby network or an account stands. */
export type NetworkState =
  | { kind: 'off' }
  | { kind: 'connecting' }
  | { kind: 'on' }
  | { kind: 'failed'; problem: 'no-network' | 'port-taken' | 'identity-unreadable' }

export type MediaAccess = 'granted' | 'denied' | 'not-asked'

export type DesktopInfo = {
  version: string
  platform: 'mac' | 'windows' | 'linux'
  network: NetworkState
}

/** An entry of a native menu; the page knows it by its id. */
const menuItem = z.strictObject({
  id: z.string().min(1).max(40),
  label: z.string().min(1).max(1_000),
  /** As the system writes it: only shown, the page itself listens. */
  keys: z.string().max(40).optional(),
})
const menu = z.strictObject({
  /** Groups are parted by a line. */
  groups: z.array(z.array(menuItem).min(1).max(20)).min(1).max(10),
  /** Where, in CSS pixels of the page. */
  x: z.number().min(0).max(20_000),
  y: z.number().min(0).max(20_000),
})
export type MenuItem = z.infer<typeof menuItem>

const device = z.strictObject({ device: z.enum(['camera', 'microphone']) })

export type DesktopRequests = {
  'desktop/info': () => DesktopInfo
  /** Null: no usable ffmpeg, so takes cannot be prepared. A process must start to know, so it takes a while. */
  'desktop/ffmpegVersion': () => string | null
  /** Asks the system for the camera or the microphone where it wants to be asked (macOS). */
  'desktop/askForMedia': (input: z.infer<typeof device>) => MediaAccess
  /** Opens the system's own page for camera or microphone permission. */
  'desktop/openMediaSettings': (input: z.infer<typeof device>) => null
  'desktop/copyText': (input: { text: string }) => null
  /** Opens the system's own menu; resolves with the id of what was chosen, null when it was closed. */
  'desktop/showMenu': (input: z.infer<typeof menu>) => string | null
}
export const desktopInputs = {
  'desktop/info': z.undefined(),
  'desktop/ffmpegVersion': z.undefined(),
  'desktop/askForMedia': device,
  'desktop/openMediaSettings': device,
  'desktop/copyText': z.strictObject({ text: z.string().max(5_000) }),
  'desktop/showMenu': menu,
} satisfies InputSchemas<DesktopRequests>

export type DesktopEvents = {
  'desktop/networkChanged': NetworkState
  /** A notification or a link was clicked: show this call. */
  'desktop/showCall': { callId: string }
  /** An `aftertone:add` link was opened. */
  'desktop/openInvite': { link: string }
}
export const desktopEvents = {
  'desktop/networkChanged': true,
  'desktop/showCall': true,
  'desktop/openInvite': true,
} satisfies EventNames<DesktopEvents>
