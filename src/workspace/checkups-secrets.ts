import {readFileSync, statSync} from 'node:fs'
import {isUserError} from '../kit/errors.js'
import type {Fleet} from './fleet.js'
import {type Checkup, count, editCommand, type Trouble} from './health.js'
import {CONFIG_FILE} from './home.js'
import {type AgentSoul, readSouls} from './read-souls.js'
import {formatSecretRef, resolveSecret, type SecretRef} from './secret-ref.js'

interface Mention {
  /** `mcos.yaml engines.claude.key`. */
  readonly where: string
  readonly ref: SecretRef
}

const populated: Checkup = {
  id: 'secrets',
  title: 'Every secret that is referred to is there',
  async examine(fleet) {
    const all = [...configMentions(fleet), ...(await soulMentions(fleet))]
    const untried = all.filter(({ref}) => ref.source === 'command').length
    const troubles = all.flatMap(({where, ref}): Trouble[] => {
      const error = lookUp(fleet, ref).error
      return error ? [{status: 'fail', detail: `${where}: ${error.message}`, fix: error.fix}] : []
    })
    const note = untried > 0 ? `, ${untried} of them a command, which is not run here` : ''
    return {seen: `${count(all.length, 'reference')}${note}`, troubles}
  },
}

const ownTokens: Checkup = {
  id: 'tokens',
  title: 'No two agents share a token',
  async examine(fleet) {
    const souls = await readSouls(fleet)
    const owners = ownersOfTokens(fleet, souls)
    const seen =
      owners.size === 0 ? 'no agent has a token of its own' : `${count(owners.size, 'token')}, each one agent's`
    const shared = [...owners].filter(([, users]) => users.length > 1).map(([key, users]) => toldShared(key, users))
    return {seen, troubles: [...shared, ...sharedByFleet(fleet, souls)]}
  },
}

/** Who uses which token, by engine and value: the value is compared here and is no part of what is told. */
function ownersOfTokens(fleet: Fleet, souls: readonly AgentSoul[]): Map<string, AgentSoul[]> {
  const owners = new Map<string, AgentSoul[]>()
  for (const one of souls) {
    for (const [engine, ref] of Object.entries(one.soul?.keys ?? {})) {
      const key = `${engine} ${lookUp(fleet, ref).value ?? formatSecretRef(ref)}`
      owners.set(key, [...(owners.get(key) ?? []), one])
    }
  }
  return owners
}

function toldShared(key: string, users: readonly AgentSoul[]): Trouble {
  const names = users.map(({agent}) => agent.name).join(' and ')
  const detail = `${names} use one token for ${key.split(' ')[0]}: what one spends or leaks is the other's`
  return {status: 'fail', detail, fix: editCommand(users.at(-1)?.file ?? CONFIG_FILE)}
}

/** Agents without a token of their own fall back on the fleet's, together. */
function sharedByFleet({home}: Fleet, souls: readonly AgentSoul[]): Trouble[] {
  return Object.entries(home.config.engines).flatMap(([engine, {key}]): Trouble[] => {
    const without = souls.filter(({soul}) => !Object.hasOwn(soul?.keys ?? {}, engine)).map(({agent}) => agent.name)
    if (key === null || without.length < 2) return []
    const detail = `${without.join(', ')} all use the fleet's token for ${engine}: give each its own under keys: in its SOUL.md`
    return [{status: 'warn', detail, fix: 'mcos config show'}]
  })
}

function configMentions({home}: Fleet): Mention[] {
  return refsIn(home.config, []).map(({path, ref}) => ({where: `${CONFIG_FILE} ${path.join('.')}`, ref}))
}

async function soulMentions(fleet: Fleet): Promise<Mention[]> {
  return (await readSouls(fleet)).flatMap(({soul, file}) =>
    Object.entries(soul?.keys ?? {}).map(([engine, ref]) => ({where: `${file} keys.${engine}`, ref})),
  )
}

function refsIn(value: unknown, path: readonly string[]): {path: readonly string[]; ref: SecretRef}[] {
  if (typeof value !== 'object' || value === null) return []
  if (isRef(value)) return [{path, ref: value}]
  return Object.entries(value).flatMap(([key, inner]) => refsIn(inner, [...path, key]))
}

function isRef(value: object): value is SecretRef {
  const {source, value: text} = value as Partial<SecretRef>
  return typeof source === 'string' && typeof text === 'string' && Object.keys(value).length === 2
}

/** A command is never run only to see whether it would answer. */
function lookUp(
  {env}: Fleet,
  ref: SecretRef,
): {readonly value: string | null; readonly error: {readonly message: string; readonly fix: string} | null} {
  if (ref.source === 'command') return {value: null, error: null}
  try {
    const readFile = (path: string) => {
      const found = statSync(path, {throwIfNoEntry: false})
      return found?.isFile() ? {text: readFileSync(path, 'utf8'), mode: found.mode} : null
    }
    return {value: resolveSecret(ref, {env, readFile}), error: null}
  } catch (error) {
    if (!isUserError(error))
      return {value: null, error: {message: `${formatSecretRef(ref)} can't be read`, fix: `ls -l ${ref.value}`}}
    return {value: null, error: {message: error.message, fix: error.suggestions[0] ?? 'mcos config show'}}
  }
}

/** What secrets tell without being told. */
export const SECRET_CHECKUPS: readonly Checkup[] = [populated, ownTokens]
