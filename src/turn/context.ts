import type {Question} from '../engines/engine.js'
import type {NewsItem} from '../engines/news.js'
import {decodeText} from '../kit/decode.js'
import {EXIT, UserError} from '../kit/errors.js'
import {readFrontmatter} from '../kit/frontmatter.js'
import type {HeartbeatFile} from '../schedule/check.js'
import {type AgentEntry, agentPaths} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {localTime} from '../workspace/local-time.js'
import {newsLines} from './news-lines.js'
import {estimateTokens} from './tokens.js'

/** One file or passage of what a model is sent. */
export interface ContextPart {
  readonly name: string
  /** From the home; null for what no file holds. */
  readonly path: string | null
  readonly text: string
  readonly bytes: number
  readonly tokens: number
  /** Whether it belongs to the stable prefix, which is the same at every beat. */
  readonly cached: boolean
  /** Whether only its end is sent; said aloud in the text itself. */
  readonly truncated: boolean
}

export interface Context {
  readonly parts: readonly ContextPart[]
  readonly tokens: number
  /** Byte for byte what is sent. */
  readonly text: string
}

export interface Occasion {
  readonly news: readonly NewsItem[]
  readonly questions: readonly Question[]
  /** What HEARTBEAT.md says besides its checks: rules, notes, boards; null outside a heartbeat. */
  readonly heartbeat: Pick<HeartbeatFile, 'preamble' | 'checks'> | null
  /** What a person asks for, outside a heartbeat. */
  readonly request: string | null
}

/** No single file may be longer; what doesn't fit is said, never cut in silence. */
const MAX_PART_BYTES = 256 * 1024
const LOG_TAIL_LINES = 40

/** What an agent's model is sent: who it is and what it knows first, then the day, then what has come up. */
export async function assembleContext(fleet: Fleet, agent: AgentEntry, occasion: Occasion): Promise<Context> {
  const paths = agentPaths(agent)
  const {date} = await localTime(fleet, fleet.clock.now())
  const parts = [
    filePart(fleet, 'soul', {path: paths.soul, cached: true}),
    filePart(fleet, 'agents', {path: paths.agents, cached: true}),
    ...fleetGuardrails(fleet),
    filePart(fleet, 'guardrails', {path: paths.guardrails, cached: true}),
    filePart(fleet, 'user', {path: paths.user, cached: true}),
    filePart(fleet, 'memory', {path: paths.memory, cached: true}),
    standingPart(occasion, paths.heartbeat),
    filePart(fleet, 'workstate', {path: paths.workstate, cached: false}),
    logPart(fleet, paths.log(date)),
    occasionPart(occasion),
  ].filter((part) => part !== null)
  return {
    parts,
    tokens: parts.reduce((sum, part) => sum + part.tokens, 0),
    text: parts.map(({text}) => text).join('\n'),
  }
}

function fleetGuardrails(fleet: Fleet): (ContextPart | null)[] {
  return fleet.home.files
    .list('guardrails')
    .filter(({name, kind}) => kind === 'file' && name.endsWith('.md') && !/^readme/i.test(name))
    .map(({name}) => filePart(fleet, `guardrail ${name.slice(0, -3)}`, {path: `guardrails/${name}`, cached: true}))
}

function filePart({home}: Fleet, name: string, {path, cached}: {path: string; cached: boolean}): ContextPart | null {
  if ((home.files.stat(path)?.size ?? 0) > MAX_PART_BYTES) throw tooLong(path)
  const bytes = home.files.read(path)
  if (bytes === null) return null
  const {body} = readFrontmatter(decodeText(bytes).text, path, {lenient: true})
  return body.trim() === '' ? null : part({name, path, cached}, body.trim())
}

/** The sections that are no checks: never scheduled, and part of what every heartbeat's model knows. */
function standingPart({heartbeat}: Occasion, path: string): ContextPart | null {
  if (!heartbeat) return null
  const sections = heartbeat.checks.filter(({kind, prose}) => kind !== 'check' && prose.trim() !== '')
  const passages = [heartbeat.preamble.trim(), ...sections.map(({title, prose}) => `## ${title}\n${prose.trim()}`)]
  const body = passages.filter((passage) => passage !== '').join('\n\n')
  return body === '' ? null : part({name: 'heartbeat', path, cached: true}, body)
}

function logPart({home}: Fleet, path: string): ContextPart | null {
  const text = home.files.readText(path)
  if (text === null || text.trim() === '') return null
  const lines = text.trim().split('\n')
  const tail = lines.slice(-LOG_TAIL_LINES)
  const left = lines.length - tail.length
  const body = left > 0 ? [`(the last ${tail.length} of ${lines.length} lines)`, ...tail].join('\n') : tail.join('\n')
  return {...part({name: 'today', path, cached: false}, body), truncated: left > 0}
}

function occasionPart({news, questions, request}: Occasion): ContextPart | null {
  const lines = [
    ...newsLines(news),
    ...news.flatMap((item) =>
      item.kind === 'message' ? [`message ${item.message.id} from ${item.message.from}: ${item.message.subject}`] : [],
    ),
  ]
  const passages = [
    ...(lines.length > 0 ? [`News:\n${lines.map((line) => `- ${line}`).join('\n')}`] : []),
    ...questions.map(({title, prose}) => `${title}:\n${prose.trim()}`),
    ...(request === null ? [] : [request]),
  ]
  return passages.length === 0 ? null : part({name: 'now', path: null, cached: false}, passages.join('\n\n'))
}

function part(about: Pick<ContextPart, 'name' | 'path' | 'cached'>, body: string): ContextPart {
  const text = `<!-- ${about.path ?? about.name} -->\n${body}\n`
  return {...about, text, bytes: Buffer.byteLength(text), tokens: estimateTokens(text), truncated: false}
}

function tooLong(path: string): UserError {
  return new UserError(`${path} is longer than ${MAX_PART_BYTES / 1024} KiB and can't be sent to a model whole.`, {
    code: 'CONTEXT_TOO_LONG',
    fix: `Move what is old from ${path} into a file of its own.`,
    exit: EXIT.usage,
  })
}
