import {Decrypter, Encrypter, generateX25519Identity, identityToRecipient} from 'age-encryption'

/** A key that only this machine has, as `age-keygen` writes it. */
export async function makeAgeIdentity(): Promise<{readonly text: string; readonly identity: string}> {
  const identity = await generateX25519Identity()
  return {text: `# public key: ${await identityToRecipient(identity)}\n${identity}\n`, identity}
}

/** The secret part of an identity file; null when it holds none. */
export function identityIn(text: string): string | null {
  return (
    text
      .split('\n')
      .find((line) => line.startsWith('AGE-SECRET-KEY-'))
      ?.trim() ?? null
  )
}

/** A text that only the identity opens, in the format of the program `age`. */
export async function encryptText(text: string, identity: string): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(await identityToRecipient(identity))
  return encrypter.encrypt(text)
}

/** Throws when the identity is another one's, or a byte of it has changed. */
export async function decryptText(sealed: Uint8Array, identity: string): Promise<string> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  return decrypter.decrypt(sealed, 'text')
}
