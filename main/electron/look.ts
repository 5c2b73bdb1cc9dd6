import { nativeTheme } from 'electron'
import type { Settings } from '../../preload/contract/settings'

/** The chosen look for everything that the system draws: dialogs, menus and `prefers-color-scheme`. */
export function applyLook({ look }: Settings): void {
  nativeTheme.themeSource = look
}
