import {makeKeyPair, openPrivateKey, privateKeyPath, publicKeyOf, publicKeyPath, publicKeysIn} from '../../bus/keys.js'
import {readHead} from '../../history/read-head.js'
import {isInRepository} from '../../history/repository.js'
import {repositoryState} from '../../history/repository-state.js'
import {isUserError} from '../../kit/errors.js'
import {contentHash} from '../../kit/hash.js'
import {shellWord} from '../../kit/shell-word.js'
import {type AgentEntry, agentPaths, listAgents} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type Checkup, count, type LocalStep, type Repair, type Trouble} from '../../workspace/health.js'
import {readSoulsHere} from '../../workspace/read-souls.js'
import {personHere} from '../speaker.js'

const FIX = 'mcos doctor --fix'

/** What is wrong with the pair of an agent, or of a person, on this machine. */
interface Lack {
  readonly agent: string
  readonly kind: 'private-missing' | 'private-broken' | 'private-open' | 'public-missing'
}

const TOLD: Readonly<Record<Lack['kind'], (agent: string) => string>> = {
  'private-missing': (agent) => `this machine has no key of ${agent}: it can sign no message`,
  'private-broken': (agent) => `${privateKeyPath(agent)} is no Ed25519 key`,
  'private-open': (agent) => `${privateKeyPath(agent)} can be read by others on this machine, so it is not used`,
  'public-missing': (agent) =>
    `${publicKeyPath(agent)} does not hold this machine's key of ${agent}: nobody believes it`,
}

const pairs: Checkup = {
  id: 'keys',
  title: 'Every agent of this machine has its own key pair',
  means: 'Without a key pair an agent signs nothing, and what it sends is believed by nobody.',
  async examine(fleet) {
    const elsewhere = await namesElsewhere(fleet)
    const troubles = findLacks(fleet, elsewhere).map(({agent, kind}): Trouble => {
      return {status: 'fail', detail: TOLD[kind](agent), fix: FIX, fixable: true}
    })
    return {seen: count(listAgents(fleet.home).length - elsewhere.size, 'agent'), troubles}
  },
  repair: repairPairs,
}

const committed: Checkup = {
  id: 'keys-committed',
  title: 'Every public key is committed',
  means: 'Whoever writes a public key says who an agent is; uncommitted, no person has vouched for it.',
  examine({home}) {
    if (!isInRepository(home.dir) || repositoryState(home.dir).head === null) {
      return {seen: 'told by another check', troubles: []}
    }
    const paths = listAgents(home).map(({name}) => publicKeyPath(name))
    const heads = readHead(home.dir, paths)
    const troubles = paths.flatMap((path): Trouble[] => {
      const [disk, head] = [home.files.readText(path), heads.get(path)?.toString('utf8') ?? null]
      if (disk === null || disk === head) return []
      const detail = `${path} is ${head === null ? 'not committed' : 'not what was committed'}: look at it, since whoever wrote it says who an agent is`
      return [{status: 'warn', detail, fix: `mcos commit ${shellWord(path)}`}]
    })
    return {seen: 'all are', troubles}
  },
}

const owners: Checkup = {
  id: 'keys-owners',
  title: 'Every public key is of somebody in this fleet',
  means: 'Whoever holds the other half can sign messages in that name, and agents believe them.',
  examine({home}) {
    const {files, config} = home
    const retired = files.stat('retired')?.kind === 'folder' ? files.list('retired').map(({name}) => name) : []
    const known = new Set([...listAgents(home).map(({name}) => name), ...Object.keys(config.people), ...retired])
    const keys = files.stat('keys')?.kind === 'folder' ? files.list('keys') : []
    const troubles = keys.flatMap(({name}): Trouble[] => {
      const owner = /^(.+)\.pub$/.exec(name)?.[1]
      // A person's own key is made when they first send something, whether `people:` names them or not.
      if (owner === undefined || known.has(owner) || files.stat(privateKeyPath(owner)) !== null) return []
      const detail = `keys/${name}: there is no agent and no person ${owner} here; if you know whose it is, name them under people:`
      return [{status: 'warn', detail, fix: `git log -- ${shellWord(`keys/${name}`)}`}]
    })
    return {seen: count(keys.length, 'key'), troubles}
  },
}

/** Who can speak here, and whose word is believed. */
export const KEY_CHECKUPS: readonly Checkup[] = [pairs, committed, owners]

/** A broken SOUL.md says nothing about where its agent runs; then it counts as here. */
async function namesElsewhere(fleet: Fleet): Promise<Set<string>> {
  return new Set((await readSoulsHere(fleet, {isHere: false})).map(({agent}) => agent.name))
}

function findLacks(fleet: Fleet, elsewhere: ReadonlySet<string>): Lack[] {
  const {home} = fleet
  const {files} = home
  const agents = listAgents(home).flatMap((agent) =>
    elsewhere.has(agent.name) || isBare(fleet, agent) ? [] : [agent.name],
  )
  return [...agents, ...peopleWithKey(fleet)].flatMap((agent): Lack[] => {
    const pem = files.readText(privateKeyPath(agent))
    if (pem === null) return [{agent, kind: 'private-missing'}]
    if (!isKey(pem)) return [{agent, kind: 'private-broken'}]
    const isOpen = process.platform !== 'win32' && ((files.stat(privateKeyPath(agent))?.mode ?? 0) & 0o077) !== 0
    const [own] = publicKeysIn(publicKeyOf(pem))
    const known = publicKeysIn(files.readText(publicKeyPath(agent)) ?? '')
    const isKnown = own !== undefined && known.some((key) => key.equals(own))
    return [
      ...(isOpen ? [{agent, kind: 'private-open' as const}] : []),
      ...(isKnown ? [] : [{agent, kind: 'public-missing' as const}]),
    ]
  })
}

/** A folder with neither is mostly no agent but something that was put there: that it lacks them is told, and is enough. */
function isBare({home: {files}}: Fleet, agent: AgentEntry): boolean {
  const {soul, heartbeat} = agentPaths(agent)
  return files.stat(soul) === null && files.stat(heartbeat) === null && files.stat(publicKeyPath(agent.name)) === null
}

/** People get their key with their first message; who has none yet lacks nothing. */
function peopleWithKey({home}: Fleet): string[] {
  const names = new Set([...Object.keys(home.config.people), ...whoIsHere(home)])
  return [...names].filter((name) => home.files.stat(privateKeyPath(name)) !== null)
}

/** A person who is called as an agent is told by a check of their own. */
function whoIsHere(home: Fleet['home']): string[] {
  try {
    return [personHere(home)]
  } catch (error) {
    if (isUserError(error)) return []
    throw error
  }
}

async function repairPairs(fleet: Fleet): Promise<Repair[]> {
  const lacks = findLacks(fleet, await namesElsewhere(fleet))
  return [...new Set(lacks.map(({agent}) => agent))].map((agent) => {
    const kinds = lacks.filter((lack) => lack.agent === agent).map(({kind}) => kind)
    return repairPair(fleet, agent, kinds)
  })
}

/** A key that works is kept; a new one is added beside those of the agent's other machines. */
function repairPair({home: {files}}: Fleet, agent: string, kinds: readonly Lack['kind'][]): Repair {
  const path = privateKeyPath(agent)
  const held = files.readText(path)
  const isNew = kinds.includes('private-missing') || kinds.includes('private-broken')
  const pair = isNew || held === null ? makeKeyPair() : {privateKey: held, publicKey: publicKeyOf(held)}
  const expect = held === null ? null : contentHash(held)
  const local: LocalStep[] = isNew
    ? [{kind: 'write', path, content: pair.privateKey, mode: 0o600, expect}]
    : kinds.includes('private-open')
      ? [{kind: 'chmod', path, mode: 0o600}]
      : []
  if (!isNew && !kinds.includes('public-missing')) return {what: `Close ${path} to others (mode 600)`, local}
  const file = publicKeyPath(agent)
  const known = files.readText(file)
  const content = known === null || known.trim() === '' ? pair.publicKey : `${known.trimEnd()}\n${pair.publicKey}`
  return {
    what: `${isNew ? `Make a key pair for ${agent}` : `Publish the key of ${agent}`}: ${file}`,
    local,
    changes: [{kind: 'write', path: file, content, expect: known === null ? null : contentHash(known)}],
  }
}

function isKey(pem: string): boolean {
  try {
    openPrivateKey(pem)
    return true
  } catch (error) {
    if (isUserError(error)) return false
    throw error
  }
}
