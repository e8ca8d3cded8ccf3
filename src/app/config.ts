import {hostname} from 'node:os'
import {isUserError} from '../kit/errors.js'
import {parseYaml, type YamlPath} from '../kit/yaml.js'
import {readHeartbeat} from '../schedule/read-heartbeat.js'
import {type AgentEntry, agentPaths, listAgents, listStrangers} from '../workspace/agents.js'
import type {FleetConfig} from '../workspace/config.js'
import type {Fleet} from '../workspace/fleet.js'
import {CONFIG_FILE} from '../workspace/home.js'
import {parseSoul} from '../workspace/parse-soul.js'

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

/** The configuration as it holds now; secrets are references, and stay so. */
export function showConfig({home}: Fleet): ConfigReport {
  const document = parseYaml(home.configText, {file: CONFIG_FILE})
  const written = leavesOf(document.data, []).map(({path, value}) => ({
    key: path.join('.'),
    value,
    source: `${CONFIG_FILE}:${document.lineOf(path)}`,
  }))
  const isWritten = (key: string): boolean =>
    written.some((value) => value.key === key || value.key.startsWith(`${key}.`))
  const missing = defaultsOf(home.config).filter(({key}) => !isWritten(key))
  return {home: home.dir, values: [...written, ...missing.map((value) => ({...value, source: 'default'}))]}
}

function defaultsOf({timezone, host, context, routes, rehearsal}: FleetConfig): Omit<ConfigValue, 'source'>[] {
  return [
    {key: 'host', value: host ?? hostname()},
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
  const unknown = home.config.unknown.map(({path, line, near}) => ({
    message: `${CONFIG_FILE}:${line}: ${path} is not a key mcos knows.`,
    fix: near ? `Did you mean ${near}?` : `Remove it, or keep it as a note; nothing acts on it.`,
  }))
  const problems = checked.flatMap((one) => one.problems)
  return {
    ok: problems.length === 0,
    files: 1 + checked.reduce((sum, {files}) => sum + files, 0),
    problems,
    warnings: [...unknown, ...strangers, ...checked.flatMap(({warnings}) => warnings)],
  }
}

function checkAgent({files}: Fleet['home'], agent: AgentEntry): ConfigCheck {
  const {soul, heartbeat} = agentPaths(agent)
  const soulText = files.readText(soul)
  const bytes = files.read(heartbeat)
  const parsedSoul = soulText === null ? null : attempt(() => parseSoul(soulText, soul))
  const parsedHeartbeat = bytes === null ? null : attempt(() => readHeartbeat(bytes, heartbeat))
  const guesses = (parsedHeartbeat?.value?.checks ?? []).flatMap(({line, title, guess}) =>
    guess === null
      ? []
      : [{message: `${heartbeat}:${line}: "${title}": ${guess}.`, fix: `mcos heartbeat ${agent.name} --dry-run`}],
  )
  const oddities = (parsedHeartbeat?.value?.warnings ?? []).map(({line, message}) => ({
    message: `${heartbeat}:${line}: ${message}.`,
    fix: `mcos heartbeat ${agent.name} --dry-run`,
  }))
  const unknown = (parsedSoul?.value?.unknown ?? []).map(({path, line, near}) => ({
    message: `${soul}:${line}: ${path} is not a key mcos knows.`,
    fix: near ? `Did you mean ${near}?` : 'Remove it, or keep it as a note; nothing acts on it.',
  }))
  const problems = [parsedSoul, parsedHeartbeat].flatMap((parsed) => parsed?.problem ?? [])
  const found = [parsedSoul, parsedHeartbeat].filter((parsed) => parsed !== null).length
  return {ok: problems.length === 0, files: found, problems, warnings: [...unknown, ...guesses, ...oddities]}
}

function attempt<T>(read: () => T): {value?: T; problem?: ConfigProblem} {
  try {
    return {value: read()}
  } catch (error) {
    if (!isUserError(error)) throw error
    return {problem: {message: error.message, fix: error.suggestions[0] ?? ''}}
  }
}
