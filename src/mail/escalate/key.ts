import {contentHash} from '../../kit/hash.js'

const PREFIX = 'mail-'

/** A key of letters and digits, the same for the same facts. */
export function escalationKey(facts: readonly unknown[]): string {
  return `${PREFIX}${contentHash(JSON.stringify(facts)).slice(7, 31)}`
}

/** Whether a page is about mail. */
export function isEscalationKey(key: string): boolean {
  return key.startsWith(PREFIX)
}
