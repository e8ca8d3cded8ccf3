import {type Place, unreadable} from '../kit/errors.js'
import {isRecord} from '../kit/is-record.js'
import {NO_TOKENS, type Tokens} from './receipt.js'

/** What one agent used of one engine on one day on one machine: a line of usage/<host>/2026-11.jsonl. */
export interface UsageLine {
  /** 2026-11-21, in the fleet's time zone. */
  readonly day: string
  readonly agent: string
  readonly engine: string
  readonly turns: number
  readonly model_calls: number
  readonly tokens: Tokens
  readonly cost_usd: number
  /** Which sums these are: a line that is in the ledger already is not added again. */
  readonly fold?: string
}

/** The month's ledger of one machine, relative to the home. */
export function usagePath(host: string, day: string): string {
  return `usage/${host.toLowerCase().replace(/[^a-z0-9-]+/g, '-') || 'host'}/${day.slice(0, 7)}.jsonl`
}

/** One whole line, with its newline. */
export function formatUsage({day, agent, engine, turns, model_calls, tokens, cost_usd, fold}: UsageLine): string {
  return `${JSON.stringify({day, agent, engine, turns, model_calls, tokens, cost_usd, fold})}\n`
}

/** Reads a whole ledger; a line that can't be read is an error, for a sum without it would be a guess. */
export function parseUsage(text: string, file: string): UsageLine[] {
  return text
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [parseLine(line, {file, line: index + 1})]))
}

/** One line for each day, agent and engine, in that order; lines that speak of the same are added up. */
export function sumUsage(lines: readonly UsageLine[]): UsageLine[] {
  const sums = new Map<string, UsageLine>()
  for (const line of lines) {
    const key = [line.day, line.agent, line.engine].join(' ')
    const sum = sums.get(key)
    sums.set(key, sum ? add(sum, line) : line)
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line)
}

function add(a: UsageLine, b: UsageLine): UsageLine {
  return {
    ...a,
    turns: a.turns + b.turns,
    model_calls: a.model_calls + b.model_calls,
    tokens: {
      input: a.tokens.input + b.tokens.input,
      output: a.tokens.output + b.tokens.output,
      cache_read: a.tokens.cache_read + b.tokens.cache_read,
      cache_write: a.tokens.cache_write + b.tokens.cache_write,
    },
    cost_usd: a.cost_usd + b.cost_usd,
  }
}

function parseLine(line: string, place: Place): UsageLine {
  const fail = (expected: string, cause?: unknown): never => {
    const got = JSON.stringify(line.length > 60 ? `${line.slice(0, 60)}…` : line)
    throw unreadable(place, {expected, got, fix: `git restore ${place.file}`, cause})
  }
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    fail('one line of JSON', cause)
  }
  if (!isRecord(value)) return fail('a JSON object')
  if (typeof value['day'] !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value['day'])) fail('"day" such as 2026-11-21')
  for (const key of ['agent', 'engine'])
    if (typeof value[key] !== 'string' || value[key] === '') fail(`"${key}" to be a word`)
  for (const key of ['turns', 'model_calls', 'cost_usd'])
    if (!isAmount(value[key])) fail(`"${key}" to be a number from 0`)
  const tokens = value['tokens']
  if (!isRecord(tokens)) return fail('"tokens" to be an object')
  for (const key of Object.keys(NO_TOKENS)) if (!isAmount(tokens[key])) fail(`"tokens.${key}" to be a number from 0`)
  return value as unknown as UsageLine
}

function isAmount(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}
