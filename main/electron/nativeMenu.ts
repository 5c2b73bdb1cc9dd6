import { type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron'
import type { DesktopRequests } from '../../preload/contract/desktop'

type Asked = Parameters<DesktopRequests['desktop/showMenu']>[0]

const LONGEST_LABEL = 60

/** A long name would make a menu as wide as the screen; a single `&` would mark a key. */
export function menuLabel(label: string): string {
  const letters = [...label]
  const shown = letters.length > LONGEST_LABEL ? `${letters.slice(0, LONGEST_LABEL - 1).join('')}…` : label
  return shown.replaceAll('&', '&&')
}

/** Opens the system's own menu over our page; resolves with what was chosen once it is closed. */
export function showMenu(window: BrowserWindow, { groups, x, y }: Asked): Promise<string | null> {
  let chosen: string | null = null
  const template = groups.flatMap((group, index): MenuItemConstructorOptions[] => [
    ...(index > 0 ? [{ type: 'separator' as const }] : []),
    ...group.map(({ id, label, keys }) => ({
      label: menuLabel(label),
      // Only shown: the page itself hears the key.
      ...(keys === undefined ? {} : { accelerator: keys, registerAccelerator: false }),
      click: () => {
        chosen = id
      },
    })),
  ])
  const zoom = window.webContents.getZoomFactor()
  return new Promise((resolve) => {
    Menu.buildFromTemplate(template).popup({
      window,
      x: Math.round(x * zoom),
      y: Math.round(y * zoom),
      // A click is told after the menu is closed on some systems.
      callback: () => setImmediate(() => resolve(chosen)),
    })
  })
}
