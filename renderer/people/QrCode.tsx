import encodeQR from 'qr'

/** Light modules around the code, which readers need to find it. */
const QUIET_ZONE = 4

/** Text as a QR code: dark on light in every look, since many readers know nothing else. */
export function QrCode({ text, label, size }: { text: string; label: string; size: number }) {
  const modules = encodeQR(text, 'raw', { border: QUIET_ZONE, ecc: 'medium' })
  const side = modules.length
  const dark = modules.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg
      role="img"
      aria-label={label}
      className="qr-code"
      width={size}
      height={size}
      viewBox={`0 0 ${side} ${side}`}
      shapeRendering="crispEdges"
    >
      <title>{label}</title>
      <rect width={side} height={side} fill="#ffffff" />
      <path d={dark.join('')} fill="#000000" />
    </svg>
  )
}
