import { shell, systemPreferences } from 'electron'
import type { MediaAccess } from '../../preload/contract/desktop'

type Device = 'camera' | 'microphone'

/** Asks the system where it wants to be asked (macOS); elsewhere says what it allows already. */
export async function askForMedia(device: Device): Promise<MediaAccess> {
  if (process.platform === 'darwin') {
    return (await systemPreferences.askForMediaAccess(device)) ? 'granted' : 'denied'
  }
  if (process.platform !== 'win32') return 'granted'
  switch (systemPreferences.getMediaAccessStatus(device)) {
    case 'denied':
    case 'restricted':
      return 'denied'
    default:
      return 'granted'
  }
}

const SETTINGS_PAGES: Partial<Record<NodeJS.Platform, Record<Device, string>>> = {
  darwin: {
    camera: 'x-apple.systempreferences:com.apple.preference.security?Privacy_Camera',
    microphone: 'x-apple.systempreferences:com.apple.preference.security?Privacy_Microphone',
  },
  win32: { camera: 'ms-settings:privacy-webcam', microphone: 'ms-settings:privacy-microphone' },
}

/** Opens the system's own page about this device, where there is one. The only links that ever leave the app. */
export async function openMediaSettings(device: Device): Promise<void> {
  const page = SETTINGS_PAGES[process.platform]?.[device]
  if (page) await shell.openExternal(page)
}
