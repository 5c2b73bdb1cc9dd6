export type Corner = { right: boolean; bottom: boolean }

/** The corner nearest to a point of an area. */
export const nearestCorner = (
  point: { x: number; y: number },
  area: { width: number; height: number },
): Corner => ({ right: point.x > area.width / 2, bottom: point.y > area.height / 2 })

/** Where an arrow key moves the tile; null for any other key. */
export function cornerByKey({ right, bottom }: Corner, key: string): Corner | null {
  switch (key) {
    case 'ArrowLeft':
      return { right: false, bottom }
    case 'ArrowRight':
      return { right: true, bottom }
    case 'ArrowUp':
      return { right, bottom: false }
    case 'ArrowDown':
      return { right, bottom: true }
    default:
      return null
  }
}
