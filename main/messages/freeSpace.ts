import { statfs } from 'node:fs/promises'
import { errorCode, isDiskFull } from '../transcoder/durableFile'

/** Bytes that we may still write in a folder; infinite where the system does not say. */
export async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

/** Whether a file or the database, which lies on the same disk, could not be written for want of space. */
export const isOutOfSpace = (error: unknown): boolean =>
  isDiskFull(error) || errorCode(error) === 'SQLITE_FULL'
