import {isUserError, type Place, unreadable} from '../kit/errors.js'
import {isRecord} from '../kit/is-record.js'

/** What became of one run: one JSON line in `.mcos/runs/`. Its keys are a promise to programs. */
export interface Receipt {
  readonly turn: string
  readonly agent: string
  readonly trigger: string
  /** ISO times. */
  readonly started: string
  readonly ended: string
  readonly state: string
  readonly reason: string | null
  readonly checks: readonly ReceiptCheck[]
  readonly engine: string | null
  readonly model_calls: number
  readonly tokens: Tokens
  readonly cost_usd: number
  readonly commit: string | null
  readonly error: {readonly code: string; readonly message: string} | null
  /** What is worth knowing besides: what could not be bounded, an answer that ended oddly. */
  readonly notes?: readonly string[]
}

/** `input` is what was not read from a cache, on every engine. */
export interface Tokens {
  readonly input: number
  readonly output: number
  readonly cache_read: number
  readonly cache_write: number
}

/** What one check came to. */
export interface ReceiptCheck {
  readonly id: string
  readonly status: string
  readonly news: boolean
  readonly detail: string
}

/** A file of receipts; a last line that was cut off is told, not thrown: the process that wrote it was killed. */
export interface ReceiptFile {
  readonly receipts: readonly Receipt[]
  readonly torn: {readonly line: number; readonly text: string} | null
}

export const NO_TOKENS: Tokens = {input: 0, output: 0, cache_read: 0, cache_write: 0}

/** The day's file of receipts, relative to `.mcos`; days are UTC, so that no zone change doubles one. */
export function receiptPath(nowMs: number): string {
  return `runs/${new Date(nowMs).toISOString().slice(0, 10)}.jsonl`
}

/** One whole line, with its newline. */
export function formatReceipt(receipt: Receipt): string {
  return `${JSON.stringify(receipt)}\n`
}

export function parseReceipt(line: string, place: Place): Receipt {
  const value = parseJson(line, place)
  const fail = (expected: string): never => {
    throw unreadable(place, {expected, got: show(line), fix: fixFor(place)})
  }
  if (!isRecord(value)) return fail('a receipt as a JSON object')
  for (const key of ['turn', 'agent', 'trigger', 'state']) if (!isFilled(value[key])) fail(`"${key}" to be a word`)
  for (const key of ['started', 'ended']) if (!isTime(value[key])) fail(`"${key}" to be an ISO time`)
  for (const key of ['reason', 'engine', 'commit']) {
    if (value[key] !== null && typeof value[key] !== 'string') fail(`"${key}" to be a text or null`)
  }
  for (const key of ['model_calls', 'cost_usd']) if (!isAmount(value[key])) fail(`"${key}" to be a number from 0`)
  const tokens = value['tokens']
  if (!isRecord(tokens)) return fail('"tokens" to be an object')
  for (const key of Object.keys(NO_TOKENS)) if (!isAmount(tokens[key])) fail(`"tokens.${key}" to be a number from 0`)
  if (!Array.isArray(value['checks']) || !value['checks'].every(isCheck)) fail('"checks" to be a list of checks')
  if (value['error'] !== null && !isErrorNote(value['error'])) fail('"error" to be {code, message} or null')
  return value as unknown as Receipt
}

export function readReceipts(text: string, file: string): ReceiptFile {
  const lines = text.split('\n')
  const last = lines.pop() ?? ''
  const receipts = lines.flatMap((line, index) =>
    line.trim() === '' ? [] : [parseReceipt(line, {file, line: index + 1})],
  )
  return {receipts, torn: last === '' ? null : {line: lines.length + 1, text: last}}
}

/** The receipts of a file that can be read; a damaged line is `mcos fsck`'s to tell, and costs no other line. */
export function readableReceipts(text: string, file: string): Receipt[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return []
    try {
      return [parseReceipt(line, {file, line: index + 1})]
    } catch (error) {
      if (isUserError(error)) return []
      throw error
    }
  })
}

function parseJson(line: string, place: Place): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw unreadable(place, {expected: 'a receipt as one line of JSON', got: show(line), fix: fixFor(place), cause})
  }
}

function fixFor({file, line}: Place): string {
  return `Delete line ${line ?? 1} of ${file}, or move the file away; it is this machine's own and is not needed to run.`
}

function show(line: string): string {
  return JSON.stringify(line.length > 60 ? `${line.slice(0, 60)}…` : line)
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value))
}

function isAmount(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}

function isCheck(value: unknown): boolean {
  if (!isRecord(value) || !isFilled(value['id']) || !isFilled(value['status'])) return false
  return typeof value['news'] === 'boolean' && typeof value['detail'] === 'string'
}

function isErrorNote(value: unknown): boolean {
  return isRecord(value) && typeof value['code'] === 'string' && typeof value['message'] === 'string'
}
