import {readFileSync, statSync} from 'node:fs'
import {isUserError} from '../kit/errors.js'
import {agentPaths, listAgents} from './agents.js'
import type {Fleet} from './fleet.js'
import {keptSecret, lookUpKept} from './kept-secrets.js'
import {answersKnown, knownAnswer} from './read-secret.js'
import {nameOfSecret, parseSecretRef, resolveSecret, type SecretRef, secretRefsIn} from './secret-ref.js'
import type {Soul} from './soul.js'

/** The values that a name stands for; the name may be told, they may not. */
export interface NamedValues {
  readonly name: string
  readonly values: readonly string[]
}

/**
 * What the fleet's references stand for on this machine, for taking it out of texts. A reference that can't be read
 * can't leak, and a program is not run only for this: only what it has answered in this process is known.
 */
export function readSecretValues(fleet: Pick<Fleet, 'home' | 'env'>, soul: Pick<Soul, 'keys'> | null): string[] {
  const own = Object.values(soul?.keys ?? {}).flatMap((ref) => valuesOf(ref, fleet.env))
  return [...new Set([...own, ...readSecretsByName(fleet).flatMap(({values}) => values)])]
}

/**
 * The same of mcos.yaml and of every agent, by the references that people know them by. Read once for an opened fleet,
 * and again when a program or the keyring has answered since.
 */
export function readSecretsByName({home, env}: Pick<Fleet, 'home' | 'env'>): readonly NamedValues[] {
  const before = read.get(home)
  const answers = answersKnown()
  if (before?.env === env && before.answers === answers) return before.named
  const named = readNow({home, env})
  read.set(home, {env, answers, named})
  return named
}

const read = new WeakMap<Fleet['home'], {env: Fleet['env']; answers: number; named: readonly NamedValues[]}>()

function readNow({home, env}: Pick<Fleet, 'home' | 'env'>): NamedValues[] {
  const refs = refsOfFleet(home)
  const named = new Map<string, Set<string>>()
  const add = (name: string, values: readonly string[]): void => {
    if (values.length > 0) named.set(name, new Set([...(named.get(name) ?? []), ...values]))
  }
  for (const ref of refs) add(nameOfSecret(ref), valuesOf(ref, env))
  for (const [name, value] of namedSecrets(env)) add(`env:${name}`, [value])
  return [...named].map(([name, values]) => ({name, values: [...values]}))
}

/** Looks up what only can be waited for, so that all of the fleet's own secrets are known from then on. */
export async function lookUpAll({home}: Pick<Fleet, 'home'>): Promise<void> {
  await lookUpKept(home.files, refsOfFleet(home))
}

function refsOfFleet(home: Fleet['home']): SecretRef[] {
  return [...secretRefsIn(home.config).map(({ref}) => ref), ...refsOfAgents(home)]
}

function valuesOf(ref: SecretRef, env: Fleet['env']): string[] {
  try {
    if (ref.source === 'command') return [knownAnswer(ref)].filter((answer) => answer !== null)
    return [resolveSecret(ref, {env, readFile, kept: keptSecret})]
  } catch (error) {
    if (isUserError(error)) return []
    throw error
  }
}

/**
 * What SOUL.md files refer to, each as it is written: also in one that can't be read otherwise. No agent writes them, so
 * once in a process is enough.
 */
function refsOfAgents(home: Fleet['home']): readonly SecretRef[] {
  const before = known.get(home)
  if (before) return before
  const refs = listAgents(home).flatMap((agent) => {
    const text = readSoulText(home, agentPaths(agent).soul)
    const mentions = text.match(/\b(?:env|file|command|credential|keyring):[^\s"',}\]#]+/g) ?? []
    return mentions.flatMap((mention) => parseSecretRef(mention) ?? [])
  })
  known.set(home, refs)
  return refs
}

const known = new WeakMap<Fleet['home'], readonly SecretRef[]>()

function readSoulText({files}: Fleet['home'], path: string): string {
  try {
    return files.readText(path, {maxBytes: 1024 * 1024}) ?? ''
  } catch (error) {
    // A link, or too large: doctor tells of it, and it names no secret.
    if (isUserError(error)) return ''
    throw error
  }
}

const SECRET_NAME = /KEY|TOKEN|SECRET|PASS|CREDENTIAL/i
/** Shorter values are words that stand in ordinary texts, too. */
const SHORTEST = 12

/** What the environment holds under a name that says so, whether mcos.yaml asks for it or not. */
function namedSecrets(env: Fleet['env']): [name: string, value: string][] {
  return Object.entries(env).flatMap(([name, value = '']): [string, string][] =>
    SECRET_NAME.test(name) && value.trim().length >= SHORTEST ? [[name, value.trim()]] : [],
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
