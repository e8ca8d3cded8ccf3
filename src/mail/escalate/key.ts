import {contentHash} from '../../kit/hash.js'

/** A key of letters and digits, the same for the same facts. */
export function escalationKey(facts: readonly unknown[]): string {
  return `mail-${contentHash(JSON.stringify(facts)).slice(7, 31)}`
}
