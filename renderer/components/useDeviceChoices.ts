import { useEffect, useState } from 'react'
import type { DeviceChoice } from './deviceChoices'

type DeviceChoices = Record<'cameras' | 'microphones' | 'speakers', DeviceChoice[]>

const none: DeviceChoices = { cameras: [], microphones: [], speakers: [] }

/** The cameras, microphones and speakers there are, as they are plugged in and out; their names are known once one was allowed, so ask again when `opened` changes. */
export function useDeviceChoices(opened = true): DeviceChoices {
  const [choices, setChoices] = useState(none)
  // biome-ignore lint/correctness/useExhaustiveDependencies: names appear only after a device was allowed
  useEffect(() => {
    let gone = false
    const list = async () => {
      const devices = await navigator.mediaDevices.enumerateDevices()
      if (gone) return
      const of = (kind: MediaDeviceKind): DeviceChoice[] =>
        devices
          // "default" and "communications" are aliases that Chromium adds for real ones.
          .filter(
            (device) => device.kind === kind && !['', 'default', 'communications'].includes(device.deviceId),
          )
          .map(({ deviceId, label }) => ({ value: deviceId, label }))
      setChoices({ cameras: of('videoinput'), microphones: of('audioinput'), speakers: of('audiooutput') })
    }
    // Without a list there is only the system's own choice, which the menus offer anyway.
    const update = () => void list().catch(() => undefined)
    update()
    navigator.mediaDevices.addEventListener('devicechange', update)
    return () => {
      gone = true
      navigator.mediaDevices.removeEventListener('devicechange', update)
    }
  }, [opened])
  return choices
}
