import {readFileSync, statSync} from 'node:fs'
import {isUserError} from '../kit/errors.js'
import type {Fleet} from './fleet.js'
import {knownAnswer} from './read-secret.js'
import {resolveSecret, type SecretRef} from './secret-ref.js'
import type {Soul} from './soul.js'

/**
 * What the fleet's references stand for on this machine, for taking it out of texts. A reference that can't be read
 * can't leak, and a program is not run only for this: only what it has answered in this process is known.
 */
export function readSecretValues({home, env}: Pick<Fleet, 'home' | 'env'>, soul: Pick<Soul, 'keys'> | null): string[] {
  const refs = [...refsIn(home.config), ...Object.values(soul?.keys ?? {})]
  const values = refs.flatMap((ref) => {
    try {
      return ref.source === 'command' ? (knownAnswer(ref) ?? []) : [resolveSecret(ref, {env, readFile})]
    } catch (error) {
      if (isUserError(error)) return []
      throw error
    }
  })
  return [...new Set([...values, ...namedSecrets(env)])]
}

const SECRET_NAME = /KEY|TOKEN|SECRET|PASS|CREDENTIAL/i
/** Shorter values are words that stand in ordinary texts, too. */
const SHORTEST = 12

/** What the environment holds under a name that says so, whether mcos.yaml asks for it or not. */
function namedSecrets(env: Fleet['env']): string[] {
  return Object.entries(env).flatMap(([name, value = '']) =>
    SECRET_NAME.test(name) && value.trim().length >= SHORTEST ? [value.trim()] : [],
  )
}

function readFile(path: string): {text: string; mode: number} | null {
  try {
    const found = statSync(path, {throwIfNoEntry: false})
    return found?.isFile() ? {text: readFileSync(path, 'utf8'), mode: found.mode} : null
  } catch {
    return null // hidden from this user: nothing of it can get into a text
  }
}

function refsIn(value: unknown): SecretRef[] {
  if (typeof value !== 'object' || value === null) return []
  return isRef(value) ? [value] : Object.values(value).flatMap(refsIn)
}

function isRef(value: object): value is SecretRef {
  const {source, value: text} = value as Partial<SecretRef>
  return typeof source === 'string' && typeof text === 'string' && Object.keys(value).length === 2
}
