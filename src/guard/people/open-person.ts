import type {KeyObject} from 'node:crypto'
import {EXIT, UserError} from '../../kit/errors.js'
import type {Folder} from '../../kit/folder.js'
import {contentHash} from '../../kit/hash.js'
import type {AnswerKeys} from '../approvals/sign-answer.js'
import {channelKey} from './channel-key.js'
import {personPath, readPersonFile, writePersonFile} from './person-file.js'
import {deriveKey, KEY_COST, type KeyCost, openPublicHalf, publicHalf, signWith} from './person-key.js'
import {beginTry, forgetTries} from './tries.js'

/** A person whose passphrase was right, for as long as one command runs. */
export interface OpenPerson {
  readonly name: string
  sign(bytes: Buffer): string
}

const SHORTEST = 8

/** Sets up a person's passphrase on this machine; one that is there has to be opened by the old one first. */
export function setPassphrase(
  mcos: Folder,
  {
    name,
    passphrase,
    old,
    now,
    cost = KEY_COST,
  }: {
    readonly name: string
    readonly passphrase: string
    readonly old: string | null
    readonly now: number
    readonly cost?: KeyCost
  },
): void {
  if ([...passphrase].length < SHORTEST) throw tooShort()
  const path = personPath(name)
  const before = mcos.readText(path)
  if (before !== null) {
    if (old === null) throw needsOld(name)
    openPerson(mcos, {name, passphrase: old, now})
  }
  const salt = process.getBuiltinModule('node:crypto').randomBytes(32)
  const publicKey = publicHalf(deriveKey(passphrase, {...cost, salt}))
  const file = {name, cost, salt: salt.toString('base64'), publicKey, at: new Date(now).toISOString()}
  writePersonFile(mcos, file, before === null ? null : contentHash(before))
}

/** Tries a passphrase: slow by its nature, and slower after wrong ones. */
export function openPerson(
  mcos: Folder,
  {name, passphrase, now}: {readonly name: string; readonly passphrase: string; readonly now: number},
): OpenPerson {
  const file = readPersonFile(mcos, name)
  if (file === null) throw notSetUp(name)
  beginTry(mcos, name, now)
  const key = deriveKey(passphrase, {...file.cost, salt: Buffer.from(file.salt, 'base64')})
  if (publicHalf(key) !== file.publicKey) throw wrong(name)
  forgetTries(mcos, name)
  return {name, sign: (bytes) => signWith(key, bytes)}
}

/** By what answers are checked on this machine. */
export function answerKeysOf(mcos: Folder): AnswerKeys {
  const known = new Map<string, KeyObject | null>()
  return {
    person(name) {
      const seen = known.get(name)
      if (seen !== undefined) return seen
      const file = readPersonFile(mcos, name)
      const key = file === null ? null : openPublicHalf(file.publicKey)
      known.set(name, key)
      return key
    },
    channels: () => channelKey(mcos)?.publicKey ?? null,
  }
}

export function notSetUp(name: string): UserError {
  return new UserError(`${name} has no passphrase on this machine, so nobody here can be known as ${name}.`, {
    code: 'NOT_SET_UP',
    fix: `mcos people setup ${name}`,
    exit: EXIT.refused,
  })
}

function tooShort(): UserError {
  return new UserError(`A passphrase has at least ${SHORTEST} letters; a few words are better.`, {
    code: 'TOO_SHORT',
    fix: 'mcos people setup, with a longer one',
    exit: EXIT.usage,
  })
}

function needsOld(name: string): UserError {
  return new UserError(`${name} has a passphrase already; the old one is needed to change it.`, {
    code: 'OLD_NEEDED',
    fix: `mcos people setup ${name}`,
    exit: EXIT.refused,
  })
}

function wrong(name: string): UserError {
  return new UserError(`That is not the passphrase of ${name}.`, {
    code: 'WRONG_PASSPHRASE',
    fix: 'Run the same command again; after five wrong ones each takes a minute.',
    exit: EXIT.refused,
  })
}
