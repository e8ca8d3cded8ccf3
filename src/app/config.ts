import {isSecret} from '../guard/secrets/find.js'
import {isUserError} from '../kit/errors.js'
import {cleanLine} from '../kit/text.js'
import {parseYaml, type YamlPath} from '../kit/yaml.js'
import type {RuleTrouble} from '../mail/classify/rulebook.js'
import type {HeartbeatFile} from '../schedule/check.js'
import {readHeartbeat} from '../schedule/read-heartbeat.js'
import {type AgentEntry, agentPaths, listAgents, listStrangers} from '../workspace/agents.js'
import type {FleetConfig, UnknownKey} from '../workspace/config.js'
import type {Fleet} from '../workspace/fleet.js'
import {editCommand} from '../workspace/health.js'
import {CONFIG_FILE} from '../workspace/home.js'
import {parseSoul} from '../workspace/parse-soul.js'
import {parseSecretRef} from '../workspace/secret-ref.js'
import {faultsOfRules, type MailRuleFaults} from './mail-rules.js'

/** One value of the configuration, and the line or the default it comes from. */
export interface ConfigValue {
  readonly key: string
  readonly value: unknown
  /** `mcos.yaml:7` or `default`. */
  readonly source: string
}

export interface ConfigReport {
  readonly home: string
  readonly values: readonly ConfigValue[]
}

/** The configuration as it holds now. Secrets are references and are shown as such; what looks like a value is not shown. */
export function showConfig({home, host}: Fleet): ConfigReport {
  const document = parseYaml(home.configText, {file: CONFIG_FILE})
  const written = leavesOf(document.data, []).map(({path, value}) => ({
    key: path.join('.'),
    value: withoutSecrets(path.map(String), value),
    source: `${CONFIG_FILE}:${document.lineOf(path)}`,
  }))
  const isWritten = (key: string): boolean =>
    written.some((value) => value.key === key || value.key.startsWith(`${key}.`))
  const missing = defaultsOf(home.config, host).filter(({key}) => !isWritten(key))
  return {home: home.dir, values: [...written, ...missing.map((value) => ({...value, source: 'default'}))]}
}

function defaultsOf({timezone, context, routes, rehearsal}: FleetConfig, host: string): Omit<ConfigValue, 'source'>[] {
  return [
    {key: 'host', value: host},
    {key: 'timezone', value: timezone},
    {key: 'context.flush_at', value: context.flushAt},
    {key: 'routes.default', value: routes['default']},
    {key: 'rehearsal', value: rehearsal},
  ]
}

function leavesOf(value: unknown, path: YamlPath): {path: YamlPath; value: unknown}[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [{path, value}]
  const entries = Object.entries(value)
  return entries.length === 0 ? [{path, value}] : entries.flatMap(([key, inner]) => leavesOf(inner, [...path, key]))
}

const HIDDEN = '(not shown: it looks like a secret)'
const SECRET_KEY = /(?:^|[._-])(?:key|keys|token|secret|passw(?:or)?d|passphrase|authorization|cookie|credentials?)$/i

/** A reference says where a secret is; anything else under such a key, or of such a shape, may be one, and so may a private address. */
function withoutSecrets(path: readonly string[], value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(path, item))
  if (typeof value !== 'string' || parseSecretRef(value) !== null) return value
  if (/^(?:ping|channels\..*\.url)$/.test(path.join('.')) && URL.canParse(value)) return `${new URL(value).origin}/…`
  const isNamedSecret = path.slice(-2).some((key) => SECRET_KEY.test(key))
  return isNamedSecret || isSecret(value) ? HIDDEN : value
}

/** Something in a file that a person wrote, with its place in front. */
export interface ConfigProblem {
  readonly message: string
  readonly fix: string
}

export interface ConfigCheck {
  readonly ok: boolean
  readonly files: number
  /** What stops an agent or the fleet. */
  readonly problems: readonly ConfigProblem[]
  /** What is read otherwise than its writer may think. */
  readonly warnings: readonly ConfigProblem[]
}

/** Reads everything that people write and code acts on, and says what is wrong with each. */
export function checkConfig({home}: Fleet): ConfigCheck {
  const agents = listAgents(home)
  const checked = agents.map((agent) => checkAgent(home, agent))
  const strangers = listStrangers(home).map((path) => ({
    message: `${path} is no agent: its name is not of a-z, 0-9 and "-".`,
    fix: `Rename or move ${path}.`,
  }))
  const rules = checkRules(
    faultsOfRules(home, {file: CONFIG_FILE, text: home.configText, rules: home.config.mail.rules}),
  )
  const problems = [...rules.problems, ...checked.flatMap((one) => one.problems)]
  return {
    ok: problems.length === 0,
    files: 1 + checked.reduce((sum, {files}) => sum + files, 0),
    problems,
    warnings: [
      ...unknownKeys(CONFIG_FILE, home.config.unknown),
      ...rules.warnings,
      ...strangers,
      ...checked.flatMap(({warnings}) => warnings),
    ],
  }
}

function checkAgent(home: Fleet['home'], agent: AgentEntry): ConfigCheck {
  const {files} = home
  const {soul, heartbeat, mailRules} = agentPaths(agent)
  const mailText = files.readText(mailRules)
  const rules = checkRules(mailText === null ? null : faultsOfRules(home, {file: mailRules, text: mailText}))
  const soulText = files.readText(soul)
  const bytes = files.read(heartbeat)
  const parsedSoul = soulText === null ? null : attempt(() => parseSoul(soulText, soul))
  const parsedHeartbeat = bytes === null ? null : attempt(() => readHeartbeat(bytes, heartbeat))
  const problems = [...[parsedSoul, parsedHeartbeat].flatMap((parsed) => parsed?.problem ?? []), ...rules.problems]
  const doubts = (parsedHeartbeat?.value ? doubtsOf(parsedHeartbeat.value) : []).map(({line, message}) => ({
    message: `${heartbeat}:${line}: ${message}.`,
    fix: `mcos heartbeat ${agent.name} --dry-run`,
  }))
  return {
    ok: problems.length === 0,
    files: [parsedSoul, parsedHeartbeat, mailText].filter((read) => read !== null).length,
    problems,
    warnings: [...unknownKeys(soul, parsedSoul?.value?.unknown ?? []), ...doubts, ...rules.warnings],
  }
}

/** A rule that nobody can read sorts no mail; one that tells nobody still does what else it says. */
function checkRules(faults: MailRuleFaults | null): Pick<ConfigCheck, 'problems' | 'warnings'> {
  const told = (one: RuleTrouble): ConfigProblem => ({
    message: `${one.file}:${one.line}: ${cleanLine(one.message)}`,
    fix: editCommand(one.file),
  })
  return {problems: (faults?.unreadable ?? []).map(told), warnings: (faults?.strangers ?? []).map(told)}
}

/** Cadences that were guessed, then everything else that may be read otherwise than it was meant. */
function doubtsOf({checks, warnings}: HeartbeatFile): {line: number; message: string}[] {
  const guesses = checks.flatMap(({line, title, guess}) =>
    guess === null ? [] : {line, message: `"${title}": ${guess}`},
  )
  return [...guesses, ...warnings]
}

function unknownKeys(file: string, unknown: readonly UnknownKey[]): ConfigProblem[] {
  return unknown.map(({path, line, near}) => ({
    message: `${file}:${line}: ${path} is not a key mcos knows.`,
    fix: near ? `Did you mean ${near}?` : 'Remove it, or keep it as a note; nothing acts on it.',
  }))
}

function attempt<T>(read: () => T): {value?: T; problem?: ConfigProblem} {
  try {
    return {value: read()}
  } catch (error) {
    if (!isUserError(error)) throw error
    return {problem: {message: error.message, fix: error.suggestions[0] ?? ''}}
  }
}
