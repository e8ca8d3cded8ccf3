import {readFileSync, statSync} from 'node:fs'
import {isUserError} from '../kit/errors.js'
import type {FleetConfig} from './config.js'
import type {Fleet} from './fleet.js'
import {CONFIG_FILE} from './home.js'
import {keptSecret, lookUpKept} from './kept-secrets.js'
import {knownAnswer} from './read-secret.js'
import {type AgentSoul, readSouls} from './read-souls.js'
import {expandHome, formatSecretRef, nameOfSecret, resolveSecret, type SecretRef, secretRefsIn} from './secret-ref.js'
import {type SecretUse, shapeTrouble} from './secret-shape.js'

/** One place that refers to a secret. */
export interface SecretMention {
  /** `mcos.yaml engines.claude.key`. */
  readonly where: string
  /** The file to be edited, and the key in it. */
  readonly file: string
  readonly ref: SecretRef
  readonly use: SecretUse
  /** Whose own it is; null: the fleet's. */
  readonly agent: string | null
  /** The engine, the channel or the mail account that it is a key of; null: something else. */
  readonly of: {readonly kind: 'engine' | 'channel' | 'mail'; readonly name: string} | null
}

/** What is known of a mention without asking anybody; `value` is never told. */
export interface ExaminedSecret extends SecretMention {
  /** null: it is not there, or only a program knows it, which is not run only to see whether it would answer. */
  readonly value: string | null
  readonly trouble: {readonly kind: 'missing' | 'open' | 'shape'; readonly message: string; readonly fix: string} | null
}

/** Looks at every reference of mcos.yaml and of every agent. */
export async function examineSecrets(fleet: Fleet): Promise<ExaminedSecret[]> {
  const mentions = await listMentions(fleet)
  const refs = mentions.map(({ref}) => ref)
  await lookUpKept(fleet.home.files, refs)
  return mentions.map((mention) => examine(fleet, mention))
}

/** Every place that refers to a secret. */
export async function listMentions(fleet: Fleet): Promise<SecretMention[]> {
  const {config} = fleet.home
  const ofFleet = secretRefsIn(config).map(({path, ref}): SecretMention => {
    const written = asWritten(config, path)
    const where = `${CONFIG_FILE} ${written.join('.')}`
    return {where, file: CONFIG_FILE, ref, use: markOfUse(config, path), agent: null, of: ownerOf(path)}
  })
  return [...ofFleet, ...(await readSouls(fleet)).flatMap((one) => mentionsOf(config, one))]
}

function ownerOf([part, name = '', account = '']: readonly string[]): SecretMention['of'] {
  if (part === 'engines') return {kind: 'engine', name}
  if (part === 'channels') return {kind: 'channel', name}
  return part === 'mail' && name === 'accounts' ? {kind: 'mail', name: account} : null
}

/** The keys as they stand in mcos.yaml, where those of the typed values are others. */
function asWritten({mail}: FleetConfig, path: readonly string[]): readonly string[] {
  const of = ownerOf(path)
  if (of?.kind !== 'mail') return path
  const account = mail.accounts[of.name]
  const key = account?.kind === 'imap' ? account.login.kind : 'client_secret'
  return [...path.slice(0, 3), key]
}

function mentionsOf(config: FleetConfig, {soul, file, agent}: AgentSoul): SecretMention[] {
  return Object.entries(soul?.keys ?? {}).map(([engine, ref]) => ({
    where: `${file} keys.${engine}`,
    file,
    ref,
    use: markOfUse(config, ['engines', engine, 'key']),
    agent: agent.name,
    of: {kind: 'engine', name: engine},
  }))
}

function markOfUse({engines, channels}: FleetConfig, [part, name = '', ...rest]: readonly string[]): SecretUse {
  const engine = part === 'engines' ? engines[name] : undefined
  if (engine?.kind === 'anthropic' || engine?.kind === 'openai') return {kind: engine.kind, baseUrl: engine.baseUrl}
  const channel = part === 'channels' ? channels[name] : undefined
  if (channel?.kind === 'telegram' && rest[0] === 'token') return {kind: 'telegram'}
  return part === 'ping' || rest.at(-1) === 'url' ? {kind: 'address'} : {kind: 'other'}
}

function examine({env}: Fleet, mention: SecretMention): ExaminedSecret {
  const {ref, use} = mention
  const known = knownAnswer(ref)
  if (ref.source === 'command' && known === null) return {...mention, value: null, trouble: null}
  try {
    const value = known ?? resolveSecret(ref, {env, readFile, kept: keptSecret})
    const shape = shapeTrouble(value, use)
    const message = `The secret ${nameOfSecret(ref)} can't be right: ${shape}.`
    return {...mention, value, trouble: shape === null ? null : {kind: 'shape', message, fix: fixOf(mention, env)}}
  } catch (error) {
    if (!isUserError(error)) throw error
    const kind = error.code === 'SECRET_OPEN' ? 'open' : 'missing'
    const fix = error.suggestions[0] ?? fixOf(mention, env)
    return {...mention, value: null, trouble: {kind, message: error.message, fix}}
  }
}

function fixOf({ref, where}: SecretMention, env: Fleet['env']): string {
  switch (ref.source) {
    case 'env':
      return `Put the real value into ${ref.value} where mcos runs; it is used by ${where}.`
    case 'file':
      return `Put the real value into ${expandHome(ref.value, env['HOME'])}`
    case 'keyring':
      return `mcos secrets set ${ref.value}`
    default:
      return `See what ${formatSecretRef(ref)} gives; it is used by ${where}.`
  }
}

function readFile(path: string): {text: string; mode: number} | null {
  try {
    const found = statSync(path, {throwIfNoEntry: false})
    return found?.isFile() ? {text: readFileSync(path, 'utf8'), mode: found.mode} : null
  } catch {
    return null // hidden from this user, so for mcos it is not there
  }
}
