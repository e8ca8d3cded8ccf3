import {findPrivateKey, makeKeyPair, privateKeyPath, publicKeyOf, publicKeyPath} from '../bus/keys.js'
import type {Folder} from '../kit/folder.js'
import {contentHash} from '../kit/hash.js'
import type {Change} from '../workspace/change.js'

/** A private key for this machine's `.mcos`, which no commit ever holds. */
export interface PrivateKeyFile {
  /** Relative to the home. */
  readonly path: string
  readonly content: string
  /** The hash of the key that it takes the place of; null: there is none yet. */
  readonly replaces: string | null
}

export interface IdentityPlan {
  readonly changes: readonly Change[]
  /** To be on disk before the changes are made: a public key whose private half is lost speaks for nobody. */
  readonly privateKeys: readonly PrivateKeyFile[]
}

/**
 * Keys for everyone named who has none yet. A private key that is there already keeps its owner, so that a command which was
 * killed half-way goes on with the pair it had begun with.
 */
export function planIdentities(files: Folder | null, names: readonly string[]): IdentityPlan {
  const plans = names.map((name) => planIdentity(files, name))
  return {
    changes: plans.flatMap(({changes}) => changes),
    privateKeys: plans.flatMap(({privateKeys}) => privateKeys),
  }
}

/** Puts private keys in place, readable by their owner only. */
export function writePrivateKeys(files: Folder, keys: readonly PrivateKeyFile[]): void {
  for (const {path, content, replaces} of keys) files.write(path, content, {mode: 0o600, expect: replaces})
}

function planIdentity(files: Folder | null, name: string): IdentityPlan {
  const found = files ? findPrivateKey(files, name) : null
  const held = found !== null && files && isAnothers(files, name, publicKeyOf(found)) ? null : found
  const pair = held === null ? makeKeyPair() : {privateKey: held, publicKey: publicKeyOf(held)}
  const replaces = found === null ? null : contentHash(found)
  const privateKeys = held === null ? [{path: privateKeyPath(name), content: pair.privateKey, replaces}] : []
  const path = publicKeyPath(name)
  const known = files?.readText(path) ?? null
  if (known?.includes(pair.publicKey.trim())) return {changes: [], privateKeys}
  // Another machine's block stays: a name speaks from every machine it works on.
  const content = known === null ? pair.publicKey : `${known.trimEnd()}\n${pair.publicKey}`
  const expect = known === null ? null : contentHash(known)
  return {changes: [{kind: 'write', path, content, expect}], privateKeys}
}

/** A rename that was taken back leaves a copy behind; two names on one key could speak for each other. */
function isAnothers(files: Folder, name: string, publicKey: string): boolean {
  const own = publicKeyPath(name)
  return files
    .list('keys')
    .map((entry) => `keys/${entry.name}`)
    .some((path) => path !== own && path.endsWith('.pub') && (files.readText(path) ?? '').includes(publicKey.trim()))
}
