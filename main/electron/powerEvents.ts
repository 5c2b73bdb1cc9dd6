import { powerMonitor } from 'electron'

/** Calls back when the machine wakes up: its network is likely another one. */
export function onWake(wake: () => void): void {
  powerMonitor.on('resume', wake)
  powerMonitor.on('unlock-screen', wake)
}
