import type { Page } from '@playwright/test'

/**
 * What somebody cannot read or press whole: words and controls beyond the window, or beyond a box that hides what does
 * not fit; menus too small for their choice. Words that end in an ellipsis on purpose and what can be scrolled to
 * downwards are fine.
 */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const SLACK = 1.5
    /** A menu's arrow and its padding, in pixels. */
    const MENU_EXTRAS = 24
    type Box = { left: number; right: number; top: number; bottom: number }

    const isHidden = (element: Element) =>
      element.closest('.visually-hidden') !== null ||
      !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    const shortens = ({ textOverflow, webkitLineClamp }: CSSStyleDeclaration) =>
      textOverflow === 'ellipsis' || webkitLineClamp !== 'none'

    /** Whether a box that stands in `from` is hidden in part by something around it. */
    function isCut(inner: Box, from: Element | null): boolean {
      let scrolls = false
      const outside = (box: Box) =>
        inner.left < box.left - SLACK ||
        inner.right > box.right + SLACK ||
        (!scrolls && (inner.top < box.top - SLACK || inner.bottom > box.bottom + SLACK))
      for (let around = from; around !== null; around = around.parentElement) {
        const style = getComputedStyle(around)
        if (style.overflowX !== 'visible' || style.overflowY !== 'visible') {
          if (shortens(style)) return false
          scrolls ||= /auto|scroll/.test(style.overflowY)
          if (outside(around.getBoundingClientRect())) return true
        }
        // The top layer is not clipped by what it stands in.
        if (around instanceof HTMLDialogElement) break
      }
      return outside({ left: 0, top: 0, right: innerWidth, bottom: innerHeight })
    }

    const pen = document.createElement('canvas').getContext('2d')
    function isTooSmall(menu: HTMLSelectElement): boolean {
      if (pen === null) return false
      pen.font = getComputedStyle(menu).font
      const words = menu.selectedOptions[0]?.label ?? ''
      return pen.measureText(words).width + MENU_EXTRAS > menu.clientWidth
    }

    const cut = new Set<string>()
    const say = (element: Element, words: string) =>
      cut.add(`${element.className || element.tagName}: ${words}`)
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const words = node.textContent?.trim()
      const parent = node.parentElement
      if (!words || parent === null || isHidden(parent)) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const box of range.getClientRects()) if (box.width > 0 && isCut(box, parent)) say(parent, words)
    }
    for (const control of document.querySelectorAll<HTMLElement>('button, input, select, textarea')) {
      if (isHidden(control)) continue
      const label = 'labels' in control ? (control.labels as NodeListOf<HTMLElement> | null)?.[0] : null
      const name = control.getAttribute('aria-label') ?? (label ?? control).innerText
      if (isCut(control.getBoundingClientRect(), control.parentElement)) say(control, name)
      if (control instanceof HTMLSelectElement && isTooSmall(control)) say(control, `${name}, too small`)
    }
    return [...cut]
  })
}
