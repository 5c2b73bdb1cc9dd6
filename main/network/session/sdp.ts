import type { Signal } from '../../../preload/contract/calls'
import type { Medium } from '../../../preload/contract/ids'
import { assertNever } from '../../../preload/contract/result'
import type { IceCredentials } from './packet'

/** The few facts that signalling needs from an SDP; everything else in it is the browsers' business. */

const sections = (sdp: string): string[] => sdp.split(/^(?=m=)/m).slice(1)
const field = (section: string, name: string): string | null =>
  new RegExp(`^a=${name}:(.+?)\\r?$`, 'm').exec(section)?.[1] ?? null

/** The medium of each content, by its mid. */
export function mediaOf(sdp: string): Map<string, Medium> {
  const media = new Map<string, Medium>()
  for (const section of sections(sdp)) {
    const mid = field(section, 'mid')
    const kind = /^m=(audio|video) /.exec(section)?.[1]
    if (mid !== null && (kind === 'audio' || kind === 'video')) media.set(mid, kind)
  }
  return media
}

/** ICE user and password of each content, by its mid. */
export function credentialsOf(sdp: string): IceCredentials[] {
  return sections(sdp).flatMap((section) => {
    const mid = field(section, 'mid')
    const usernameFragment = field(section, 'ice-ufrag') ?? field(sdp, 'ice-ufrag')
    const password = field(section, 'ice-pwd') ?? field(sdp, 'ice-pwd')
    return mid !== null && usernameFragment && password ? [{ mid, usernameFragment, password }] : []
  })
}

/** `active` or `passive` once the DTLS roles are agreed, `actpass` in an offer. */
export const setupOf = (sdp: string): string => field(sdp, 'setup') ?? 'actpass'

/** The stored remote description as it reads after an ICE restart: new credentials, no candidates. */
export function withCredentials(sdp: string, transports: IceCredentials[], setup: string): string {
  const [session = '', ...rest] = sdp.split(/^(?=m=)/m)
  const changed = rest.map((section) => {
    const mid = field(section, 'mid')
    const fresh = transports.find((transport) => transport.mid === mid)
    if (!fresh) return section
    return section
      .replace(/^a=(candidate:.*|end-of-candidates)\r?\n/gm, '')
      .replace(/^a=ice-ufrag:.*$/m, () => `a=ice-ufrag:${fresh.usernameFragment}`)
      .replace(/^a=ice-pwd:.*$/m, () => `a=ice-pwd:${fresh.password}`)
      .replace(/^a=setup:.*$/m, () => `a=setup:${setup}`)
  })
  return [session, ...changed].join('')
}

/** Leaves out the candidates, trickled inside a description, that `keep` does not want. */
export const filterCandidates = (sdp: string, keep: (candidate: string) => boolean): string =>
  sdp.replace(/^a=(candidate:.*?)\r?\n/gm, (line, candidate: string) => (keep(candidate) ? line : ''))

/**
 * Whether a candidate can be of use at the other end: UDP, RTP's own component (we require rtcp-mux), and a
 * real address; a `.local` name is only known to the browser that made it up.
 */
export function usableCandidate(candidate: string): boolean {
  const [, component, protocol, , address] = candidate.split(' ')
  return component === '1' && protocol?.toLowerCase() === 'udp' && !!address && !address.endsWith('.local')
}

export const addressOfCandidate = (candidate: string): string => candidate.split(' ')[4] ?? ''

/** Leaves out the candidates that are of no use at the other end; null when nothing is left. */
export function usefulSignal(signal: Signal): Signal | null {
  switch (signal.kind) {
    case 'description':
      return { ...signal, sdp: filterCandidates(signal.sdp, usableCandidate) }
    case 'candidate':
      return usableCandidate(signal.candidate) ? signal : null
    case 'muted':
      return signal
    default:
      return assertNever(signal)
  }
}
