import {formatMessage, type Message, signedBytes} from '../workspace/message-file.js'
import {ed25519, openPrivateKey, publicKeysIn} from './keys.js'

const SIGNATURE = /^[A-Za-z0-9+/]{86}==$/

/** The message as its file holds it, signed; whatever signature it bore before is replaced. */
export function signMessage(message: Message, privateKey: string): {message: Message; text: string} {
  const bytes = Buffer.from(signedBytes(formatMessage({...message, sig: null})))
  const sig = ed25519().sign(null, bytes, openPrivateKey(privateKey)).toString('base64')
  const signed = {...message, sig}
  return {message: signed, text: formatMessage(signed)}
}

/** Whether one of the keys in a .pub file made this text's signature. Says nothing about whose inbox it lies in. */
export function verifyMessage(text: string, {sig, publicKey}: {sig: string | null; publicKey: string}): boolean {
  if (sig === null || !SIGNATURE.test(sig)) return false
  const signature = Buffer.from(sig, 'base64')
  // Base64 has several spellings of the last bits; only the one we write is taken.
  if (signature.toString('base64') !== sig) return false
  const bytes = Buffer.from(signedBytes(text))
  return publicKeysIn(publicKey).some((key) => ed25519().verify(null, bytes, key, signature))
}
