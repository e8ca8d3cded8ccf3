import {UserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {openKeyring} from './keyring.js'

const IDENTITY = '.mcos/keys/age.txt'
const FOLDER = '.mcos/secrets'
const INDEX = `${FOLDER}/index.json`
const OWNER_ONLY = 0o600
const LARGEST = 1024 * 1024

/** Where a secret is kept: the desktop's keyring, or a file that only this machine's own key opens. */
export type KeptIn = 'keyring' | 'age'

/** What is known of a kept secret without opening it. */
export interface KeptFacts {
  readonly name: string
  readonly where: KeptIn
  /** ISO. */
  readonly at: string
}

/** Every secret that this machine keeps, by name. */
export function listKept(files: Folder): KeptFacts[] {
  const index = readIndex(files)
  return Object.entries(index)
    .map(([name, {where, at}]) => ({name, where, at}))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
}

/** Keeps a secret: in the keyring where there is one, and otherwise, or if wanted, in an age file. */
export async function keepSecret(
  files: Folder,
  {
    name,
    secret,
    at,
    wants,
  }: {readonly name: string; readonly secret: string; readonly at: string; readonly wants: KeptIn | null},
): Promise<KeptFacts> {
  const where = wants !== 'age' && (await intoKeyring(name, secret, wants)) ? 'keyring' : 'age'
  if (where === 'age') {
    const {encryptText} = await import('./age-file.js')
    files.write(pathOf(name), await encryptText(secret, await ownIdentity(files)), {mode: OWNER_ONLY})
  } else if (files.stat(pathOf(name)) !== null) {
    files.remove(pathOf(name))
  }
  writeIndex(files, {...readIndex(files), [name]: {where, at}})
  return {name, where, at}
}

/** What is kept under a name; null: nothing, or nothing that can be reached without a desktop session. */
export async function findKept(files: Folder, name: string): Promise<string | null> {
  const sealed = files.read(pathOf(name), {maxBytes: LARGEST})
  if (sealed !== null) return openSealed(files, name, sealed)
  try {
    return (await openKeyring(name))?.read() ?? null
  } catch {
    // Without a desktop session there is no keyring, and to who asks it is as if nothing were there.
    return null
  }
}

/** Takes a secret off this machine; tells whether there was one. */
export async function dropKept(files: Folder, name: string): Promise<boolean> {
  const {[name]: known, ...rest} = readIndex(files)
  const hadFile = files.stat(pathOf(name)) !== null
  if (hadFile) files.remove(pathOf(name))
  const wasInKeyring = known?.where === 'keyring' && ((await openKeyring(name))?.remove() ?? false)
  if (known) writeIndex(files, rest)
  return hadFile || wasInKeyring || known !== undefined
}

async function intoKeyring(name: string, secret: string, wants: KeptIn | null): Promise<boolean> {
  try {
    const entry = await openKeyring(name)
    if (entry === null) throw new Error('the optional package @napi-rs/keyring is not installed')
    entry.write(secret)
    return true
  } catch (cause) {
    // Where none was asked for, a file of our own does as well.
    if (wants !== 'keyring') return false
    throw new UserError(
      `This machine's keyring can't be used: ${cause instanceof Error ? cause.message : 'no answer'}.`,
      {
        code: 'NO_KEYRING',
        fix: `mcos secrets set ${name} --in age`,
        cause,
      },
    )
  }
}

async function openSealed(files: Folder, name: string, sealed: Uint8Array): Promise<string> {
  const {decryptText, identityIn} = await import('./age-file.js')
  const identity = identityIn(readOwn(files, IDENTITY) ?? '')
  if (identity === null) throw broken(name, `${IDENTITY} is not there`)
  try {
    return await decryptText(sealed, identity)
  } catch (cause) {
    throw broken(name, `${IDENTITY} does not open ${pathOf(name)}`, cause)
  }
}

function broken(name: string, why: string, cause?: unknown): UserError {
  return new UserError(`The secret keyring:${name} can't be read: ${why}.`, {
    code: 'SECRET_FAILED',
    fix: `mcos secrets set ${name}`,
    cause,
  })
}

async function ownIdentity(files: Folder): Promise<string> {
  const {identityIn, makeAgeIdentity} = await import('./age-file.js')
  const known = identityIn(readOwn(files, IDENTITY) ?? '')
  if (known !== null) return known
  const {text, identity} = await makeAgeIdentity()
  files.write(IDENTITY, text, {mode: OWNER_ONLY})
  return identity
}

/** A key that others can read is refused, as ssh does. */
function readOwn(files: Folder, path: string): string | null {
  const facts = files.stat(path)
  if (facts !== null && process.platform !== 'win32' && (facts.mode & 0o077) !== 0) {
    throw new UserError(`${path} can be read by others on this machine.`, {
      code: 'SECRET_OPEN',
      fix: `chmod 600 ${path}`,
    })
  }
  return files.readText(path, {maxBytes: LARGEST})
}

type Index = Readonly<Record<string, {readonly where: KeptIn; readonly at: string}>>

function readIndex(files: Folder): Index {
  const text = files.readText(INDEX, {maxBytes: LARGEST})
  if (text === null) return {}
  try {
    return JSON.parse(text) as Index
  } catch (cause) {
    throw new UserError(`${INDEX} is no JSON: which secrets are kept here can't be told.`, {
      code: 'UNREADABLE',
      fix: `rm ${INDEX}   # then set them once more: mcos secrets set NAME`,
      cause,
    })
  }
}

function writeIndex(files: Folder, index: Index): void {
  files.write(INDEX, `${JSON.stringify(index, null, 2)}\n`, {mode: OWNER_ONLY})
}

function pathOf(name: string): string {
  return `${FOLDER}/${name}.age`
}
