import {contentHash} from '../../kit/hash.js'
import type {Contract} from '../../workspace/soul.js'

/** Names what a contract says: another order of its lines is the same contract, anything else is another one. */
export function contractVersion(contract: Contract): string {
  const sorted = Object.entries(contract)
    .map(([key, value]) => [key, Array.isArray(value) ? [...value].sort() : value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return contentHash(JSON.stringify(sorted))
}
