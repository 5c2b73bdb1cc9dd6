import { useCallback } from 'react'
import type { Settings } from '../../preload/contract/settings'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { changeSettings, selectSettings } from './settingsSlice'

/** The settings and the way to change some of them. */
export function useSettings(): [Settings, (change: Partial<Settings>) => void] {
  const dispatch = useAppDispatch()
  const change = useCallback((some: Partial<Settings>) => void dispatch(changeSettings(some)), [dispatch])
  return [useAppSelector(selectSettings), change]
}
