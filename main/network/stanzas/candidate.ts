/** An ICE candidate as XEP-0176 writes it. */
export type JingleCandidate = {
  component: number
  foundation: string
  generation: number
  id: string
  ip: string
  network: number
  port: number
  priority: number
  protocol: string
  relatedAddress?: string
  relatedPort?: number
  type: string
}

const LINE =
  /^(?:candidate:)?(\S+) (\d+) (\S+) (\d+) (\S+) (\d+) typ (\S+)(?: raddr (\S+) rport (\d+))?(?: .*)?$/

/** From a browser's `candidate:…` line; null when it is none. */
export function candidateFromLine(line: string): JingleCandidate | null {
  const found = LINE.exec(line)
  if (!found) return null
  const [, foundation, component, protocol, priority, ip, port, type, relatedAddress, relatedPort] = found
  if (!foundation || !protocol || !ip || !type) return null
  return {
    component: Number(component),
    foundation,
    generation: Number(/ generation (\d+)/.exec(line)?.[1] ?? 0),
    id: `${foundation}-${component}-${port}`,
    ip,
    network: 0,
    port: Number(port),
    priority: Number(priority),
    protocol: protocol.toLowerCase(),
    type,
    ...(relatedAddress && { relatedAddress, relatedPort: Number(relatedPort) }),
  }
}

type Described = Omit<JingleCandidate, 'id' | 'network' | 'relatedAddress' | 'relatedPort'> & {
  relatedAddress?: string | undefined
  relatedPort?: number | undefined
}

export function candidateToLine(candidate: Described): string {
  const {
    component,
    foundation,
    generation,
    ip,
    port,
    priority,
    protocol,
    relatedAddress,
    relatedPort,
    type,
  } = candidate
  const related = relatedAddress === undefined ? '' : ` raddr ${relatedAddress} rport ${relatedPort ?? 0}`
  return `candidate:${foundation} ${component} ${protocol} ${priority} ${ip} ${port} typ ${type}${related} generation ${generation}`
}
