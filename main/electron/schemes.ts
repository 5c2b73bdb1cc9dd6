import { protocol } from 'electron'

/** Must run before Electron is ready: `secure` gives our page the camera, `codeCache` a faster start. */
export function declareSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
    {
      scheme: 'media',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, corsEnabled: true },
    },
  ])
}

type Answer = (request: Request) => Promise<Response>

export function serveSchemes(answers: { app: Answer; media: Answer }): void {
  protocol.handle('app', answers.app)
  protocol.handle('media', answers.media)
}
