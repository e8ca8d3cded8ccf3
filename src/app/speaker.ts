import {userInfo} from 'node:os'
import {
  findPrivateKey,
  makeKeyPair,
  privateKeyPath,
  publicKeyOf,
  publicKeyPath,
  publicKeysIn,
  readPrivateKey,
} from '../bus/keys.js'
import {EXIT, UserError} from '../kit/errors.js'
import {contentHash} from '../kit/hash.js'
import {listAgents} from '../workspace/agents.js'
import type {Change} from '../workspace/change.js'
import type {Fleet} from '../workspace/fleet.js'
import type {Home} from '../workspace/home.js'
import {sameName} from '../workspace/names.js'

/** For whom a command acts, as the command line has found out. */
export type ActsFor =
  | {readonly kind: 'person'}
  | {readonly kind: 'agent'; readonly name: string; readonly by: 'itself' | 'person'}

/** In whose name something is said, and through which person's hand. */
export interface Speaker {
  readonly name: string
  readonly kind: 'person' | 'agent'
  /** The person who typed it; null when an agent did. */
  readonly by: string | null
}

export function findSpeaker(fleet: Pick<Fleet, 'home'>, actor: ActsFor): Speaker {
  if (actor.kind === 'agent') {
    return {name: actor.name, kind: 'agent', by: actor.by === 'itself' ? null : personHere(fleet.home)}
  }
  const name = personHere(fleet.home)
  return {name, kind: 'person', by: name}
}

/** How a commit names a speaker: an agent with its person as author, or by itself; a person as git knows them. */
export function recordedAs(
  {home}: Pick<Fleet, 'home'>,
  {name, kind, by}: Speaker,
): {agent?: string; author?: {name: string; email: string}} {
  if (kind === 'person') return {}
  return {agent: name, ...(by === null ? {author: {name, email: `${name}@${home.config.name}.mcos`}} : {})}
}

/** The person at this machine: whom mcos.yaml knows under their login, or the login made a name. */
export function personHere({files, config}: Pick<Home, 'files' | 'config'>, login: string = loginName()): string {
  const people = Object.entries(config.people)
  const reached = people.find(([, {via}]) => via.includes(`terminal:${login}`))
  const name = reached?.[0] ?? people.find(([known]) => sameName(known, login))?.[0] ?? nameFromLogin(login)
  // One name, one key: a person who is called like an agent could speak as it.
  if (!listAgents({files, config}).some((agent) => sameName(agent.name, name))) return name
  throw new UserError(`You are ${name} on this machine, and an agent is called so too.`, {
    code: 'NAME_TAKEN',
    fix: `Give yourself another name in mcos.yaml: people: { yourname: { approves: [], via: ["terminal:${login}"] } }`,
    exit: EXIT.usage,
  })
}

export interface SigningKey {
  readonly privateKey: string
  /** The public half, where the fleet doesn't have it yet. */
  readonly changes: Change[]
}

/** A speaker's own key. A person's is made when first needed; an agent's has to be there, for only the operator adds one. */
export function signingKey({home}: Pick<Fleet, 'home'>, speaker: Speaker): SigningKey {
  const {files} = home
  const privateKey = speaker.kind === 'agent' ? readPrivateKey(files, speaker.name) : ownKey(home, speaker.name)
  const path = publicKeyPath(speaker.name)
  const known = files.readText(path)
  const publicKey = publicKeyOf(privateKey)
  const [own] = publicKeysIn(publicKey)
  if (own && publicKeysIn(known ?? '').some((key) => key.equals(own))) return {privateKey, changes: []}
  if (speaker.kind === 'agent') throw keyUnknown(speaker.name, path)
  const content = known === null || known === '' ? publicKey : `${known.trimEnd()}\n${publicKey}`
  return {privateKey, changes: [{kind: 'write', path, content, expect: known === null ? null : contentHash(known)}]}
}

/** The private half comes first and at once: a public key that nobody holds the other half of would be worse than none. */
function ownKey({files}: Home, name: string): string {
  const found = findPrivateKey(files, name)
  if (found !== null) return found
  try {
    const {privateKey} = makeKeyPair()
    files.write(privateKeyPath(name), privateKey, {mode: 0o600, expect: null})
    return privateKey
  } catch (error) {
    // Another process of the same person was a moment faster.
    const theirs = findPrivateKey(files, name)
    if (theirs === null) throw error
    return theirs
  }
}

function keyUnknown(name: string, path: string): UserError {
  return new UserError(`${path} does not hold the key that this machine has for ${name}: nobody would believe it.`, {
    code: 'KEY_MISMATCH',
    fix: 'mcos doctor --fix',
  })
}

function loginName(): string {
  try {
    return userInfo().username
  } catch {
    // A container's user without an entry in passwd has no login at all.
    return 'person'
  }
}

function nameFromLogin(login: string): string {
  const letters = login
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
  return letters.replace(/^-+|-+$/g, '') || 'person'
}
