import { useEffect } from 'react'
import { useAppDispatch } from '../app/hooks'
import { peopleOpened, settingsOpened } from '../app/stageSlice'

/** Keys that work wherever the focus is: New Call and Settings, as desktops have them. */
export function useShortcuts(): void {
  const dispatch = useAppDispatch()
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
      if (event.key === 'n') dispatch(peopleOpened())
      else if (event.key === ',') dispatch(settingsOpened())
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [dispatch])
}
