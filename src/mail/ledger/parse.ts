import type {Place} from '../../kit/errors.js'
import {cleanLine, shorten} from '../../kit/text.js'
import type {MailRecord} from './record.js'
import {faultOf} from './shapes.js'

/** A line that no record can be read from. */
export interface LedgerTrouble extends Required<Pick<Place, 'file' | 'line'>> {
  /** What was expected there, and what stands there. */
  readonly message: string
}

export interface ParsedLedger {
  /** In the order in which they happened, whoever's lines stand first in the file. */
  readonly records: readonly MailRecord[]
  readonly troubles: readonly LedgerTrouble[]
}

const SHOWN = 60

/**
 * Reads one day's ledger. A line that can't be read is skipped and named, also a last one that was torn; a line that a
 * merge has left twice counts once.
 */
export function parseRecords(text: string, file: string): ParsedLedger {
  const records: MailRecord[] = []
  const troubles: LedgerTrouble[] = []
  const seen = new Set<string>()
  text.split('\n').forEach((raw, index) => {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw
    if (line.trim() === '' || seen.has(line)) return
    seen.add(line)
    const read = parseLine(line)
    if (typeof read !== 'string') records.push(read)
    else troubles.push({file, line: index + 1, message: `expected ${read}, got ${shown(line)}`})
  })
  return {records: inOrder(records), troubles}
}

/**
 * By time, and turn by turn within one moment, so that each of two machines that have merged their lines reads the same;
 * a turn's own lines stay as it wrote them.
 */
export function inOrder<T extends Pick<MailRecord, 'at' | 'turn'>>(records: readonly T[]): T[] {
  // Nearly always they are, and then no time has to be read.
  if (records.every((record, index) => index === 0 || isBehind(record, records[index - 1] ?? record)))
    return [...records]
  const timed = records.map((record, index) => ({record, index, time: Date.parse(record.at)}))
  timed.sort((a, b) => a.time - b.time || compare(a.record.turn, b.record.turn) || a.index - b.index)
  return timed.map(({record}) => record)
}

/** Times of one length compare as texts. */
function isBehind(record: Pick<MailRecord, 'at' | 'turn'>, before: Pick<MailRecord, 'at' | 'turn'>): boolean {
  if (record.at.length !== before.at.length) return false
  return record.at > before.at || (record.at === before.at && record.turn >= before.turn)
}

/** The record, or what was expected instead. */
function parseLine(line: string): MailRecord | string {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    // Why it isn't JSON helps nobody: the line is named and shown.
    return 'one line of JSON'
  }
  return faultOf(value) ?? (value as MailRecord)
}

function shown(line: string): string {
  return JSON.stringify(shorten(cleanLine(line.slice(0, SHOWN * 4)), SHOWN))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
