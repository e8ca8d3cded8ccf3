import {contentHash} from './hash.js'
import {encodeTime} from './ids.js'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A ULID that everybody derives alike from one fact and its time, so that what two do about it is one file. */
export function derivedId(time: number, fact: string): string {
  const digits = contentHash(fact).slice(7, 39).match(/../g) ?? []
  return encodeTime(Math.max(time, 0)) + digits.map((pair) => ALPHABET[Number.parseInt(pair, 16) & 31]).join('')
}
