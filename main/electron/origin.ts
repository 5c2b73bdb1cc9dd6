/** The one origin that our pages come from in a package. */
export const APP_ORIGIN = 'app://aftertone'

/** Where our pages come from: the bundle, or the dev server while developing. */
export type OurOrigin = {
  /** `app://aftertone` or `http://localhost:5173`. */
  readonly origin: string
  /** Whether a whole URL belongs to us. Anything unreadable does not. */
  owns(url: string | null | undefined): boolean
  /** Whether a request may leave the renderer at all. */
  mayLoad(url: string): boolean
}

const LOCAL_SCHEMES = new Set(['app:', 'media:', 'blob:', 'data:', 'devtools:'])

function originOf(url: URL): string {
  // Node gives `null` as the origin of schemes that it does not know, so it is put together by hand.
  return `${url.protocol}//${url.host}`
}

/** @param devServer the dev server's URL; only ever given when the app is not packaged */
export function ourOrigin(devServer: string | undefined): OurOrigin {
  const origin = devServer ? originOf(new URL(devServer)) : APP_ORIGIN
  const devSocket = devServer ? origin.replace(/^http/, 'ws') : null

  function owns(url: string | null | undefined): boolean {
    if (!url || !URL.canParse(url)) return false
    const parsed = new URL(url)
    return parsed.username === '' && parsed.password === '' && originOf(parsed) === origin
  }

  function mayLoad(url: string): boolean {
    if (!URL.canParse(url)) return false
    const parsed = new URL(url)
    return LOCAL_SCHEMES.has(parsed.protocol) || owns(url) || originOf(parsed) === devSocket
  }

  return { origin, owns, mayLoad }
}
