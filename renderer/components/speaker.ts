import { type RefObject, useEffect } from 'react'

/** What can be heard on a speaker of our choice: a media element, or sound of our own making. */
type Audible = { setSinkId(speakerId: string): Promise<void> }

/** Has it heard on this speaker ('' is the system's choice); one that is not plugged in leaves it to the system. */
export function hearOn(sound: Audible, speakerId: string): void {
  sound.setSinkId(speakerId).catch(() => sound.setSinkId('').catch(() => undefined))
}

/** Keeps a media element on the chosen speaker, also when that is plugged in again. */
export function useSpeaker(element: RefObject<HTMLMediaElement | null>, speakerId: string): void {
  useEffect(() => {
    const choose = () => element.current && hearOn(element.current, speakerId)
    choose()
    navigator.mediaDevices.addEventListener('devicechange', choose)
    return () => navigator.mediaDevices.removeEventListener('devicechange', choose)
  }, [element, speakerId])
}
