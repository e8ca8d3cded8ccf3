import {dateInName} from '../workspace/daily-log.js'

/** What taking a turn back means for a file, by where it lies. */
export type UndoKind =
  /** Keeps its lines and gains one that says undone. */
  | 'log'
  /** Its receiver may have it already; then it stays where it is. */
  | 'message'
  /** Tells of something that has happened outside, which no commit takes back. */
  | 'fact'
  /** Goes back to what it was. */
  | 'file'

export function undoKind(path: string): UndoKind {
  const parts = path.split('/')
  const name = parts.at(-1) ?? ''
  if (parts.includes('memory') && /\.md$/i.test(name) && dateInName(name) !== null) return 'log'
  if (parts.includes('inbox')) return 'message'
  // Spent money, and approvals that were used: a machine with a fresh clone must not do these again.
  // What mail has come and who was told of it stays known, else the same mail would be new again.
  if (isMailRecord(path)) return 'fact'
  if (parts[0] === 'usage' || (parts[0] === 'approvals' && name === 'used.md')) return 'fact'
  return 'file'
}

/** Whether a file is a day of an agent's mail: its ledger, or the page of it. */
export function isMailRecord(path: string): boolean {
  return /(?:^|\/)mail\/\d{4}-\d\d-\d\d\.(?:jsonl|md)$/.test(path)
}
