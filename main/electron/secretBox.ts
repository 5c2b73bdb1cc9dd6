import { safeStorage } from 'electron'
import type { SecretBox } from '../deviceKeyFile'

/** Seals with the system's own keychain. On Linux without one nothing is sealed: Chromium's fallback is no secret. */
export function keychainBox(): SecretBox {
  return {
    seal: (secret) => (safeStorage.isEncryptionAvailable() ? safeStorage.encryptString(secret) : null),
    open(sealed) {
      try {
        return safeStorage.decryptString(Buffer.from(sealed))
      } catch {
        return null
      }
    },
  }
}
