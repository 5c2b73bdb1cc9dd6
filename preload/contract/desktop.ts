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
}
export const desktopInputs = {
  'desktop/info': z.undefined(),
  'desktop/ffmpegVersion': z.undefined(),
  'desktop/askForMedia': device,
  'desktop/openMediaSettings': device,
  'desktop/copyText': z.strictObject({ text: z.string().max(5_000) }),
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
