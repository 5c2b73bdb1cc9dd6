import { isIPv4 } from 'node:net'
import { readInviteLink } from './inviteLink'

export type LaunchOptions = {
  /** The one address that nearby listens and looks on; null: every network of this machine. */
  nearbyAddress: string | null
  /** Other than mDNS's own only so that tests meet nobody but each other. */
  mdnsPort: number
  /** Start without showing the window (at login). */
  hidden: boolean
  /** An `aftertone:add` link that the app was opened with. */
  invite: string | null
}

/** https://www.rfc-editor.org/rfc/rfc6762 */
const MDNS_PORT = 5353

function switchValue(argv: readonly string[], name: string): string | null {
  const prefix = `--${name}=`
  return argv.find((argument) => argument.startsWith(prefix))?.slice(prefix.length) ?? null
}

/** Reads what we understand of a command line; what is malformed counts as not given. */
export function readLaunchOptions(argv: readonly string[]): LaunchOptions {
  const address = switchValue(argv, 'nearby-address')
  const port = Number(switchValue(argv, 'nearby-mdns-port') ?? Number.NaN)
  return {
    nearbyAddress: address !== null && isIPv4(address) ? address : null,
    mdnsPort: Number.isInteger(port) && port > 0 && port < 65_536 ? port : MDNS_PORT,
    hidden: argv.includes('--hidden'),
    invite: findInvite(argv),
  }
}

/** The first invite link on a command line, as Windows and Linux hand it over. */
export function findInvite(argv: readonly string[]): string | null {
  for (const argument of argv) {
    const link = readInviteLink(argument)
    if (link) return link
  }
  return null
}

/**
 * Chromium's switches for these options, to be set before Electron is ready.
 * @param disabled features that the command line disables already
 */
export function chromiumSwitches(options: LaunchOptions, disabled: string): [name: string, value: string][] {
  // Nearby calls need real local addresses: an mDNS name in a candidate is of no use to the other end.
  const features = [...disabled.split(',').filter(Boolean), 'WebRtcHideLocalIpsWithMdns']
  const switches: [string, string][] = [['disable-features', [...new Set(features)].join(',')]]
  if (options.nearbyAddress?.startsWith('127.')) switches.push(['allow-loopback-in-peer-connection', ''])
  return switches
}
