import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'

type ModalLayer = {
  /** The modal in front of all others; null while there is none. */
  front: HTMLElement | null
  /** Puts one in front; returns the way back. */
  enter(modal: HTMLElement): () => void
}

const Layer = createContext<ModalLayer>({ front: null, enter: () => () => {} })

/**
 * Knows which modal is in front. All outside of it is inert, whatever layer it is painted in, so what must be read and
 * pressed over it (a notice) has to be its child.
 */
export function ModalLayerProvider({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState<HTMLElement[]>([])
  const enter = useCallback((modal: HTMLElement) => {
    setOpen((before) => [...before, modal])
    return () => setOpen((before) => before.filter((other) => other !== modal))
  }, [])
  const layer = useMemo(() => ({ front: open.at(-1) ?? null, enter }), [open, enter])
  return <Layer value={layer}>{children}</Layer>
}

export const useModalLayer = (): ModalLayer => useContext(Layer)
