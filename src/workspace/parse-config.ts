import {unreadable} from '../kit/errors.js'
import {parseYaml, type YamlDocument} from '../kit/yaml.js'
import type {Budget, Channel, EngineConfig, FleetConfig, McpServer} from './config.js'
import {type FleetFile, fleetSchema, PAGE_EVENTS, SECTIONS} from './config-schema.js'
import {checkLogins, toMailAccount} from './mail-accounts.js'
import {isAgentName, nearestName, sameName} from './names.js'
import {checkDocument, faultAt} from './schema.js'

/** What a person runs to see a config read back. */
const FIX = 'Correct it there, then run: mcos config check'
const MINUTE_MS = 60_000

/** Reads mcos.yaml; the first thing that is wrong in it is thrown with its line, and an empty file is wrong too. */
export function parseConfig(text: string, file: string, {name = 'fleet'}: {readonly name?: string} = {}): FleetConfig {
  const document = parseYaml(text.replace(/^\ufeff/, ''), {file, fix: FIX})
  const data = fillSections(document.data, file)
  const known = [...Object.keys(fleetSchema.shape), ...MORE_KEYS]
  const {value, unknown} = checkDocument(fleetSchema, document, {file, data, fix: FIX, known})
  const config = {...toConfig(value, name), unknown}
  checkServers(value.mcp, {document, data, file})
  checkLogins(value.mail.accounts, {document, data, file, fix: FIX})
  checkReferences(config, {document, data, file})
  return config
}

const MORE_KEYS = [
  'approves',
  'via',
  'when',
  'after',
  'kind',
  'model',
  'key',
  'base_url',
  'timeout',
  'deadline',
  'billing',
  'max_tokens',
  'prices',
  'cache_read',
  'cache_write',
  'cache_write_1h',
]

function fillSections(data: unknown, file: string): Record<string, unknown> {
  if (data === null || typeof data !== 'object' || Array.isArray(data) || Object.keys(data).length === 0) {
    const got =
      data === null
        ? 'an empty file'
        : Array.isArray(data)
          ? 'a list'
          : typeof data === 'object'
            ? 'an empty map'
            : `a ${typeof data}`
    throw unreadable({file, line: 1}, {expected: '"key: value" lines', got, fix: `git restore ${file}`})
  }
  const filled: Record<string, unknown> = {...data}
  for (const section of SECTIONS) filled[section] ??= {}
  for (const key of ['agents', 'page']) if (filled[key] === null) delete filled[key]
  return filled
}

function toConfig(file: FleetFile, name: string): Omit<FleetConfig, 'unknown'> {
  const {page, budgets, git} = file
  return {
    version: 1,
    name: file.name ?? name,
    host: file.host ?? null,
    timezone: file.timezone ?? 'UTC',
    rehearsal: file.rehearsal ?? false,
    people: mapValues(file.people, ({approves = [], via = []}) => ({approves, via})),
    page: page ? {to: page.to, when: page.when ?? PAGE_EVENTS, afterMs: page.after ?? 0} : null,
    ping: file.ping ?? null,
    engines: mapValues(file.engines, toEngine),
    routes: toRoutes(file),
    budgets: {fleet: toBudget(budgets.fleet), agent: toBudget(budgets.agent)},
    context: {flushAt: file.context.flush_at ?? 0.85},
    mail: {accounts: mapValues(file.mail.accounts ?? {}, toMailAccount), rules: file.mail.rules ?? []},
    channels: mapValues(file.channels, toChannel),
    mcp: mapValues(file.mcp, toServer),
    git: {remote: git.remote ?? null, push: git.push ?? null, filters: git.filters ?? []},
    agents: file.agents ?? null,
  }
}

function toEngine(engine: FleetFile['engines'][string]): EngineConfig {
  const common = {
    baseUrl: engine.base_url ?? null,
    key: engine.key ?? null,
    context: engine.context ?? null,
    timeoutMs: engine.timeout ?? MINUTE_MS,
    deadlineMs: engine.deadline ?? 10 * MINUTE_MS,
    billing: engine.billing ?? 'metered',
    budget: toBudget(engine),
    maxTokens: engine.max_tokens ?? null,
    prices: toPrices(engine.prices),
  } as const
  if (engine.kind === 'scripted') return {kind: 'scripted', file: engine.file, ...common}
  if (engine.kind === 'command') {
    const {run, model = null, speaks = null, usd_per_turn: usdPerTurn = 1} = engine
    return {kind: 'command', run, model, speaks, usdPerTurn, ...common}
  }
  return {kind: engine.kind, model: engine.model, ...common}
}

function toPrices(prices: FleetFile['engines'][string]['prices']): EngineConfig['prices'] {
  if (!prices) return null
  const {input, output, cache_read: cacheRead = null, cache_write: cacheWrite = null} = prices
  return {input, output, cacheRead, cacheWrite, cacheWriteHour: prices.cache_write_1h ?? null}
}

/** Every route ends with `rules`; without a default route all engines are asked in the order of the file. */
function toRoutes({routes, engines}: FleetFile): Record<string, string[]> {
  const all: Record<string, readonly string[]> = {default: Object.keys(engines), ...routes}
  return mapValues(all, (names) => (names.at(-1) === 'rules' ? [...names] : [...names, 'rules']))
}

function toBudget(budget: FleetFile['budgets']['fleet']): Budget | null {
  const {usd_per_day: usd, tokens_per_day: tokens, turns_per_day: turns} = budget ?? {}
  if (usd === undefined && tokens === undefined && turns === undefined) return null
  return {usdPerDay: usd ?? null, tokensPerDay: tokens ?? null, turnsPerDay: turns ?? null}
}

function toChannel(channel: FleetFile['channels'][string]): Channel {
  if (channel.kind !== 'telegram') return channel.kind === 'command' ? channel : withHeaders(channel)
  const {token, chat, base_url: baseUrl} = channel
  return {kind: 'telegram', token, chat, ...(baseUrl === undefined ? {} : {baseUrl})}
}

function withHeaders({url, headers}: Extract<FleetFile['channels'][string], {kind: 'webhook'}>): Channel {
  return {kind: 'webhook', url, ...(headers === undefined ? {} : {headers})}
}

/** One that names both or neither is refused by checkServers. */
function toServer({command, env = {}, url, headers = {}, agents = []}: FleetFile['mcp'][string]): McpServer {
  return url === undefined ? {command: command ?? [], env, agents} : {url, headers, agents}
}

interface Read {
  readonly document: YamlDocument
  readonly data: unknown
  readonly file: string
}

function checkServers(servers: FleetFile['mcp'], read: Read): void {
  for (const [name, {command, url, env, headers}] of Object.entries(servers)) {
    const fail = (expected: string, key?: string): never => {
      throw faultAt({path: ['mcp', name, ...(key ? [key] : [])], expected, isKey: false}, {...read, fix: FIX})
    }
    if ((command === undefined) === (url === undefined)) fail('either command or url')
    if (url !== undefined && env) fail('headers, as env is for a command', 'env')
    if (command !== undefined && headers) fail('env, as headers are for a url', 'headers')
  }
}

/** Names that must stand elsewhere in the same file. */
function checkReferences(config: Omit<FleetConfig, 'unknown'>, read: Read): void {
  const fail = (path: (string | number)[], expected: string): never => {
    throw faultAt({path, expected, isKey: false}, {...read, fix: FIX})
  }
  const engines = [...Object.keys(config.engines), 'rules']
  for (const [route, names] of Object.entries(config.routes)) {
    names.forEach((name, index) => {
      if (!engines.includes(name))
        fail(['routes', route, index], oneOfNames('an engine', {names: engines, typed: name}))
      if (name === 'rules' && index < names.length - 1)
        fail(['routes', route, index], '"rules" as the last of its route')
    })
  }
  const reachable = [...Object.keys(config.channels), ...Object.keys(config.people)]
  if (config.page && !reachable.includes(config.page.to)) {
    fail(['page', 'to'], oneOfNames('a channel or a person', {names: reachable, typed: config.page.to}))
  }
  for (const [name, account] of Object.entries(config.mail.accounts)) {
    const at = ['mail', 'accounts', name]
    if (config.agents && !config.agents[account.agent]) {
      fail([...at, 'agent'], oneOfNames('an agent', {names: Object.keys(config.agents), typed: account.agent}))
    }
    const hears = account.escalate
    if (hears !== null && !config.channels[hears] && !(config.agents ? config.agents[hears] : isAgentName(hears))) {
      fail([...at, 'escalate'], 'an agent or a channel')
    }
    if (account.kind === 'imap' && account.tls === 'none' && !/^(?:localhost|127\.[\d.]+|::1)$/.test(account.host)) {
      fail([...at, 'tls'], '"implicit" or "starttls", as "none" is for this machine itself')
    }
  }
  checkAgents(config, fail)
}

function checkAgents(
  {agents, people}: Omit<FleetConfig, 'unknown'>,
  fail: (path: string[], expected: string) => never,
): void {
  const seen: string[] = []
  for (const [name, {path}] of Object.entries(agents ?? {})) {
    if (seen.some((other) => sameName(other, path))) fail(['agents', name, 'path'], 'a folder of its own')
    if (people[name]) fail(['people', name], 'another name than an agent has')
    seen.push(path)
  }
}

function oneOfNames(what: string, {names, typed}: {names: readonly string[]; typed: string}): string {
  const near = nearestName(typed, names)
  if (near) return `${what} of this file (${near}?)`
  return names.length > 0 ? `${what} of this file (${names.slice(0, 8).join(', ')})` : `${what} of this file`
}

function mapValues<T, U>(map: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]))
}
