import {formatMessage, type Message, parseMessage} from '../workspace/message-file.js'
import {messageFileName} from './file-name.js'
import {readByHand} from './handwritten.js'
import type {Keyring} from './keyring.js'
import {verifyMessage} from './signature.js'

/** `unsigned` was written by hand and claims nothing; `forged` claims what it can't prove. Neither is acted on. */
export type Trust = 'verified' | 'unsigned' | 'forged'

export interface Verdict {
  readonly message: Message
  readonly trust: Trust
  /** Why it isn't verified; null when it is. */
  readonly reason: string | null
}

/** Where the bytes were found; a true message in the wrong place is as good as a forged one. */
export interface Found {
  /** Whose inbox it is. */
  readonly owner: string
  /** The file's name, without folders. */
  readonly file: string
  /** The same from the home, for messages about it. */
  readonly path: string
  /** When it was last changed, for a file that doesn't say. */
  readonly mtimeMs: number
}

/** Who a message is really from, judged by its bytes, its place and the fleet's public keys alone. */
export function judgeMessage(bytes: Uint8Array, found: Found, keyring: Keyring): Verdict {
  const text = decode(bytes)
  const exact = text === null ? null : parseExactly(text, found.path)
  if (text === null || exact === null) return judgeByHand(bytes, found)
  const reason = whyForged(exact, {text, found, keyring})
  if (reason === null) return {message: exact, trust: 'verified', reason}
  return {message: exact, trust: exact.sig === null ? 'unsigned' : 'forged', reason}
}

function whyForged(
  message: Message,
  {text, found, keyring}: {text: string; found: Found; keyring: Keyring},
): string | null {
  const {sig, from, to} = message
  if (sig === null) return 'it is not signed'
  const publicKey = keyring.publicKey(from)
  if (publicKey === null) return `the fleet has no public key of ${JSON.stringify(from)}`
  if (!verifyMessage(text, {sig, publicKey})) return `its signature is not by a key of ${from}`
  if (to !== found.owner) return `it is addressed to ${to}, not to ${found.owner}`
  if (found.file !== messageFileName(message)) return 'it lies under another name than its own: a copy'
  return null
}

/** What no code of ours has written. It is shown as well as can be; a signature line in it proves nothing. */
function judgeByHand(bytes: Uint8Array, found: Found): Verdict {
  const message = readByHand(Buffer.from(bytes).toString('utf8'), found)
  if (message.sig === null) return {message, trust: 'unsigned', reason: 'it is not signed'}
  return {message, trust: 'forged', reason: 'it is not in the exact form that a signature covers'}
}

/** Only text that formats back to the same bytes: two readings of one signed file can't exist. */
function parseExactly(text: string, path: string): Message | null {
  let message: Message
  try {
    message = parseMessage(text, path)
  } catch {
    // Hand-written or damaged: judged as such by the caller.
    return null
  }
  return formatMessage(message) === text ? message : null
}

function decode(bytes: Uint8Array): string | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  return Buffer.from(text).equals(bytes) ? text : null
}
