export type Device = 'camera' | 'microphone'

/** Why a device gives nothing; each has a sentence with what to do. */
export type CaptureProblem = {
  device: Device
  kind: 'missing' | 'denied' | 'in-use' | 'unplugged' | 'failed'
}

/** Names what `getUserMedia` rejected with. https://w3c.github.io/mediacapture-main/#dom-mediadevices-getusermedia */
export function captureProblem(device: Device, error: unknown): CaptureProblem {
  const name = error instanceof Error || error instanceof DOMException ? error.name : ''
  switch (name) {
    case 'NotFoundError':
    case 'OverconstrainedError':
      return { device, kind: 'missing' }
    case 'NotAllowedError':
    case 'SecurityError':
      return { device, kind: 'denied' }
    case 'NotReadableError':
    case 'AbortError':
      return { device, kind: 'in-use' }
    default:
      return { device, kind: 'failed' }
  }
}
