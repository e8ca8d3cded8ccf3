import {findPrivateKey, makeKeyPair, privateKeyPath, publicKeyOf, publicKeyPath} from '../bus/keys.js'
import type {Folder} from '../kit/folder.js'
import {contentHash} from '../kit/hash.js'
import type {Change} from '../workspace/change.js'

/** A private key for this machine's `.mcos`, which no commit ever holds. */
export interface PrivateKeyFile {
  /** Relative to the home. */
  readonly path: string
  readonly content: string
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
  for (const {path, content} of keys) files.write(path, content, {mode: 0o600, expect: null})
}

function planIdentity(files: Folder | null, name: string): IdentityPlan {
  const held = files ? findPrivateKey(files, name) : null
  const pair = held === null ? makeKeyPair() : {privateKey: held, publicKey: publicKeyOf(held)}
  const privateKeys = held === null ? [{path: privateKeyPath(name), content: pair.privateKey}] : []
  const path = publicKeyPath(name)
  const known = files?.readText(path) ?? null
  if (known?.includes(pair.publicKey.trim())) return {changes: [], privateKeys}
  // Another machine's block stays: a name speaks from every machine it works on.
  const content = known === null ? pair.publicKey : `${known.trimEnd()}\n${pair.publicKey}`
  const expect = known === null ? null : contentHash(known)
  return {changes: [{kind: 'write', path, content, expect}], privateKeys}
}
