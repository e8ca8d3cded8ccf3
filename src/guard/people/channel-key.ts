import type {KeyObject} from 'node:crypto'
import {UserError} from '../../kit/errors.js'
import type {Folder} from '../../kit/folder.js'
import {signWith} from './person-key.js'

/** Below `.mcos/`; no person can be called so. */
const CHANNEL_KEY = 'people/_channels.key'

interface ChannelKey {
  readonly publicKey: KeyObject
  sign(bytes: Buffer): string
}

/** What this machine signs answers with that have come over a channel; null: it has taken none yet. */
export function channelKey(mcos: Folder): ChannelKey | null {
  const pem = mcos.readText(CHANNEL_KEY, {maxBytes: 16 * 1024})
  if (pem === null) return null
  const mode = mcos.stat(CHANNEL_KEY)?.mode ?? 0
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) throw exposed()
  const key = parseKey(pem)
  const {createPublicKey} = process.getBuiltinModule('node:crypto')
  return {publicKey: createPublicKey(key), sign: (bytes) => signWith(key, bytes)}
}

function parseKey(pem: string): KeyObject {
  let cause: unknown
  try {
    const key = process.getBuiltinModule('node:crypto').createPrivateKey(pem)
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch (error) {
    cause = error
  }
  throw new UserError(`.mcos/${CHANNEL_KEY} is not an Ed25519 key in PEM.`, {
    code: 'KEY_BROKEN',
    fix: `rm .mcos/${CHANNEL_KEY}: another one is made, and answers that were given over channels have to be given again`,
    cause,
  })
}

/** The same, made when it is first needed. */
export function makeChannelKey(mcos: Folder): ChannelKey {
  const found = channelKey(mcos)
  if (found !== null) return found
  const {privateKey} = process.getBuiltinModule('node:crypto').generateKeyPairSync('ed25519')
  const pem = privateKey.export({type: 'pkcs8', format: 'pem'}).toString()
  try {
    mcos.write(CHANNEL_KEY, pem, {mode: 0o600, expect: null})
  } catch (error) {
    // Another process of this machine was a moment faster.
    const theirs = channelKey(mcos)
    if (theirs === null) throw error
    return theirs
  }
  const made = channelKey(mcos)
  if (made === null) throw new Error('a key that was just written is gone')
  return made
}

function exposed(): UserError {
  return new UserError(`.mcos/${CHANNEL_KEY} can be read by others on this machine.`, {
    code: 'KEY_EXPOSED',
    fix: `chmod 600 .mcos/${CHANNEL_KEY}`,
  })
}
