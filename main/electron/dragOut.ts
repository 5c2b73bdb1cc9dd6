import { type BrowserWindow, type NativeImage, nativeImage } from 'electron'

const ICON_WIDTH = 160

/**
 * Begins a native drag of a real file: from here on the system moves it.
 * @param poster what follows the mouse, if there is one
 */
export function dragOut(window: BrowserWindow, file: string, poster: string | null, appIcon: string): void {
  window.webContents.startDrag({
    file,
    icon: picture(poster) ?? picture(appIcon) ?? nativeImage.createEmpty(),
  })
}

/** macOS refuses a drag without a picture. */
function picture(path: string | null): NativeImage | null {
  const image = path ? nativeImage.createFromPath(path) : nativeImage.createEmpty()
  return image.isEmpty() ? null : image.resize({ width: ICON_WIDTH })
}
