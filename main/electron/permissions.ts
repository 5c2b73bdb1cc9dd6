import type { Session } from 'electron'
import type { OurOrigin } from './origin'

/** What our own pages may have, and why. Everything else, and everybody else, is refused. */
const ALLOWED: ReadonlySet<string> = new Set([
  // Calls and recordings need the camera and the microphone.
  'media',
  // A message can be watched full screen.
  'fullscreen',
])

/** @param url the page that asks */
export function mayHave(permission: string, url: string | undefined, ours: OurOrigin): boolean {
  return ALLOWED.has(permission) && ours.owns(url)
}

/** Both the question ("may I?") and the check ("could I?") are answered from the same table. */
export function guardPermissions(session: Session, ours: OurOrigin): void {
  session.setPermissionRequestHandler((contents, permission, answer, details) =>
    answer(
      details.isMainFrame &&
        mayHave(permission, details.requestingUrl, ours) &&
        mayHave(permission, contents.getURL(), ours),
    ),
  )
  session.setPermissionCheckHandler((_contents, permission, origin) => mayHave(permission, origin, ours))
  session.setDevicePermissionHandler(() => false)
}
