import type {KeyObject} from 'node:crypto'
import {UserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {parseAgentName} from '../workspace/names.js'

/** One Ed25519 pair as the two files hold it: PKCS8 and SPKI in PEM. */
export interface KeyPair {
  readonly privateKey: string
  readonly publicKey: string
}

const PUBLIC_BLOCK = /-----BEGIN PUBLIC KEY-----\n[A-Za-z0-9+/=\n]+\n-----END PUBLIC KEY-----/g
const MAX_KEY_BYTES = 64 * 1024

/** Loaded when the first key is touched: a beat with no mail never pays for it. */
export function ed25519(): typeof import('node:crypto') {
  return process.getBuiltinModule('node:crypto')
}

export function makeKeyPair(): KeyPair {
  return ed25519().generateKeyPairSync('ed25519', {
    privateKeyEncoding: {type: 'pkcs8', format: 'pem'},
    publicKeyEncoding: {type: 'spki', format: 'pem'},
  })
}

/** This machine's half of a pair; never inside git. */
export function privateKeyPath(name: string): string {
  return `.mcos/keys/${parseAgentName(name)}.key`
}

/** The fleet's half, which only the operator writes: one block for each machine the sender works on. */
export function publicKeyPath(name: string): string {
  return `keys/${parseAgentName(name)}.pub`
}

/** The sender's own key on this machine, or null; a key that others on the machine can read is refused, as ssh does. */
export function findPrivateKey(files: Folder, name: string): string | null {
  const path = privateKeyPath(name)
  const pem = files.readText(path, {maxBytes: MAX_KEY_BYTES})
  if (pem === null) return null
  const mode = files.stat(path)?.mode ?? 0
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new UserError(`${path} can be read by others on this machine.`, {
      code: 'KEY_EXPOSED',
      fix: `chmod 600 ${path}`,
    })
  }
  return pem
}

/** The sender's own key on this machine; without it nobody here can speak for them. */
export function readPrivateKey(files: Folder, name: string): string {
  const pem = findPrivateKey(files, name)
  if (pem !== null) return pem
  throw new UserError(`This machine has no key of ${name}, so it can't sign messages as ${name}.`, {
    code: 'KEY_MISSING',
    fix: 'mcos doctor --fix',
  })
}

/** The public half that belongs to a private key. */
export function publicKeyOf(privateKey: string): string {
  return ed25519().createPublicKey(openPrivateKey(privateKey)).export({type: 'spki', format: 'pem'}).toString()
}

/** Every usable block of a .pub file; a block that isn't an Ed25519 key counts as absent. */
export function publicKeysIn(pem: string): KeyObject[] {
  const known = publicKeys.get(pem)
  if (known) return known
  const keys = (pem.replaceAll('\r\n', '\n').match(PUBLIC_BLOCK) ?? []).flatMap(openPublicKey)
  remember(publicKeys, pem, keys)
  return keys
}

/** A private key ready to sign with; parsed once in a process. */
export function openPrivateKey(pem: string): KeyObject {
  const known = privateKeys.get(pem)
  if (known) return known
  const key = parsePrivateKey(pem)
  remember(privateKeys, pem, key)
  return key
}

const publicKeys = new Map<string, KeyObject[]>()
const privateKeys = new Map<string, KeyObject>()

function remember<T>(cache: Map<string, T>, pem: string, value: T): void {
  if (cache.size >= 1000) cache.clear()
  cache.set(pem, value)
}

function openPublicKey(block: string): KeyObject[] {
  try {
    const key = ed25519().createPublicKey(block)
    return key.asymmetricKeyType === 'ed25519' ? [key] : []
  } catch {
    // A damaged block proves nothing about anybody, which is all that absence means here.
    return []
  }
}

function parsePrivateKey(pem: string): KeyObject {
  let cause: unknown
  try {
    const key = ed25519().createPrivateKey(pem)
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch (error) {
    cause = error
  }
  throw new UserError('A private key in .mcos/keys is not an Ed25519 key in PEM.', {
    code: 'KEY_BROKEN',
    fix: 'mcos doctor --fix',
    cause,
  })
}
