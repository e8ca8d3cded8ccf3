import type {Folder} from '../kit/folder.js'
import {isAgentName} from '../workspace/names.js'
import {publicKeyPath} from './keys.js'

/** Whose word can be checked: the .pub file of a name as text, or null for somebody the fleet doesn't know. */
export interface Keyring {
  publicKey(name: string): string | null
}

const MAX_PUB_BYTES = 64 * 1024

/** Public keys by name, each file read once; a name that isn't one never becomes a path. */
export function openKeyring(files: Folder): Keyring {
  const known = new Map<string, string | null>()
  return {
    publicKey(name) {
      const seen = known.get(name)
      if (seen !== undefined) return seen
      const pem = isAgentName(name) ? files.readText(publicKeyPath(name), {maxBytes: MAX_PUB_BYTES}) : null
      known.set(name, pem)
      return pem
    },
  }
}
