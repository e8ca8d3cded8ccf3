import type {KeyObject} from 'node:crypto'

/** How a passphrase is made into a key: the cost is what makes guessing slow. */
export interface KeyCost {
  readonly n: number
  readonly r: number
  readonly p: number
}

/** 128 MiB and about half a second for each guess. */
export const KEY_COST: KeyCost = {n: 2 ** 17, r: 8, p: 1}

/** PKCS8 round a bare Ed25519 seed of 32 bytes. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The Ed25519 key that a passphrase stands for. The same words with the same salt are the same key; nothing of it is kept. */
export function deriveKey(passphrase: string, {n, r, p, salt}: KeyCost & {readonly salt: Buffer}): KeyObject {
  const {createPrivateKey, scryptSync} = process.getBuiltinModule('node:crypto')
  // The same letters typed on another machine may come in another normal form.
  const seed = scryptSync(passphrase.normalize('NFKC'), salt, 32, {N: n, r, p, maxmem: 256 * n * r})
  return createPrivateKey({key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8'})
}

/** The half of it that is kept, to check signatures and passphrases by. */
export function publicHalf(key: KeyObject): string {
  const {createPublicKey} = process.getBuiltinModule('node:crypto')
  return createPublicKey(key).export({type: 'spki', format: 'der'}).toString('base64')
}

/** null: it is no Ed25519 key. */
export function openPublicHalf(text: string): KeyObject | null {
  const {createPublicKey} = process.getBuiltinModule('node:crypto')
  try {
    const key = createPublicKey({key: Buffer.from(text, 'base64'), format: 'der', type: 'spki'})
    return key.asymmetricKeyType === 'ed25519' ? key : null
  } catch {
    // A damaged key proves nothing about anybody, which is all that its absence would mean.
    return null
  }
}

export function signWith(key: KeyObject, bytes: Buffer): string {
  return process.getBuiltinModule('node:crypto').sign(null, bytes, key).toString('base64')
}
