import {isRecord} from '../../kit/is-record.js'
import type {ProcessIdentity} from '../../kit/process-identity.js'
import type {UsageLine} from '../../workspace/usage-ledger.js'

/** What one agent used of one engine on the book's day. */
export type BookRow = Omit<UsageLine, 'day'>

/** A call that may be running: counted at its most until somebody says what it came to. */
export interface OpenCall {
  readonly id: string
  readonly agent: string
  readonly engine: string
  readonly turn: string
  readonly tokens: number
  readonly usd: number
  readonly input: number | null
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly holder: ProcessIdentity
}

/** An agent's turns, so that the second call of one isn't another one. */
export interface AgentTurns {
  readonly agent: string
  readonly turns: number
  /** The newest turns, with the engines that each has asked. */
  readonly recent: readonly {readonly turn: string; readonly engines: readonly string[]}[]
}

/** One day's spending on this machine: `.mcos/budget/2026-11-21.json`. */
export interface Book {
  readonly version: 1
  /** Tells one book of a day from another, should the first be lost; it goes into the ledger with the day's lines. */
  readonly id: string
  readonly day: string
  readonly rows: readonly BookRow[]
  /** What receipts told of the day when this book was begun, as an earlier book was lost; it counts for ceilings. */
  readonly earlier: readonly BookRow[]
  readonly turns: readonly AgentTurns[]
  readonly open: readonly OpenCall[]
}

export function newBook(day: string, {id, earlier}: {readonly id: string; readonly earlier: readonly BookRow[]}): Book {
  return {version: 1, id, day, rows: [], earlier, turns: [], open: []}
}

export function formatBook(book: Book): string {
  return `${JSON.stringify(book)}\n`
}

/** null for what is no book, whole or in any part: a sum without that part would be a guess. */
export function parseBook(text: string): Book | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // Torn by a power cut; the caller tells.
    return null
  }
  if (!isRecord(value) || value['version'] !== 1 || !isWord(value['id']) || !isWord(value['day'])) return null
  const isWhole =
    isListOf(value['rows'], isRow) &&
    isListOf(value['earlier'], isRow) &&
    isListOf(value['turns'], isTurns) &&
    isListOf(value['open'], isOpen)
  return isWhole ? (value as unknown as Book) : null
}

function isListOf(value: unknown, is: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(is)
}

function isRow(row: unknown): boolean {
  if (!isRecord(row) || !isRecord(row['tokens'])) return false
  const {tokens} = row
  const amounts = [row['turns'], row['model_calls'], row['cost_usd']]
  const counts = ['input', 'output', 'cache_read', 'cache_write'].map((key) => tokens[key])
  return isWord(row['agent']) && isWord(row['engine']) && [...amounts, ...counts].every(isAmount)
}

function isTurns(turns: unknown): boolean {
  return isRecord(turns) && isWord(turns['agent']) && isAmount(turns['turns']) && isListOf(turns['recent'], isRecent)
}

function isRecent(recent: unknown): boolean {
  return isRecord(recent) && isWord(recent['turn']) && isListOf(recent['engines'], isWord)
}

function isOpen(open: unknown): boolean {
  if (!isRecord(open) || !isRecord(open['holder'])) return false
  const {holder, input} = open
  const words = [open['id'], open['agent'], open['engine'], open['turn']]
  return (
    words.every(isWord) &&
    [open['tokens'], open['usd'], open['at'], holder['pid']].every(isAmount) &&
    ['start', 'boot', 'ns', 'host'].every((key) => typeof holder[key] === 'string') &&
    (input === null || isAmount(input))
  )
}

function isWord(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

function isAmount(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}
