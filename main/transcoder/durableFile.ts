import { constants } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** The system's word for what went wrong, like `ENOSPC`; null when it is no system error. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}

/** Full, over quota, or past what the file system allows one file. */
export function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(errorCode(error) ?? '')
}

/** Makes a new or renamed file's name survive a power cut. Windows has no such call and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, constants.O_RDONLY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Gives a finished temporary file its name: its bytes are on the disk before anyone can see it. Rejects with the system's error. */
export async function renameDurably(temporary: string, final: string): Promise<void> {
  const handle = await open(temporary, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
  await renamePatiently(temporary, final)
  await syncFolder(dirname(final))
}

/** On Windows a virus scanner holds a new file for a moment. */
async function renamePatiently(from: string, to: string): Promise<void> {
  for (let pause = 50; ; pause *= 2) {
    try {
      return await rename(from, to)
    } catch (error) {
      if (process.platform !== 'win32' || pause > 800) throw error
      if (!['EPERM', 'EACCES', 'EBUSY'].includes(errorCode(error) ?? '')) throw error
    }
    await wait(pause)
  }
}
