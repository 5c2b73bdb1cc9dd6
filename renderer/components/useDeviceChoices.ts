import { useEffect, useState } from 'react'

export type DeviceChoice = { value: string; label: string }
type DeviceChoices = { cameras: DeviceChoice[]; microphones: DeviceChoice[] }

/** The cameras and microphones there are; their names are known once one was allowed, so ask again when `opened` changes. */
export function useDeviceChoices(opened: boolean): DeviceChoices {
  const [choices, setChoices] = useState<DeviceChoices>({ cameras: [], microphones: [] })
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
      setChoices({ cameras: of('videoinput'), microphones: of('audioinput') })
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
