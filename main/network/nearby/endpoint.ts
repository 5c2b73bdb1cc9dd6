import { isIP } from 'node:net'

export type Endpoint = { host: string; port: number }

const HOST_NAME =
  /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i

/** Reads `host:port`, where the host is a name, an IPv4 address or an IPv6 address in brackets. */
export function parseEndpoint(text: string): Endpoint | null {
  const found = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text)
  const [, six, plain, digits] = found ?? []
  const port = Number(digits)
  if (!(port >= 1 && port <= 65_535)) return null
  if (six !== undefined) return isIP(six) === 6 ? { host: six, port } : null
  if (plain === undefined || !(isIP(plain) === 4 || HOST_NAME.test(plain))) return null
  return { host: plain, port }
}

export const formatEndpoint = ({ host, port }: Endpoint): string =>
  isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`
