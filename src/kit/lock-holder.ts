import {readFileSync, statSync} from 'node:fs'
import {namesIn} from './if-there.js'
import {isAlive, type ProcessIdentity} from './process-identity.js'
import {errnoOf} from './storage-error.js'

/** Who holds a lock, as its file says. */
export interface LockHolder extends ProcessIdentity {
  readonly id: string
  /** When it was taken, in milliseconds since the epoch. */
  readonly since: number
  /** Until when it counts for a holder that can't be seen or doesn't move. */
  readonly until: number
  readonly leaseMs: number
  readonly fence: number
  /** False when the file was damaged; such a holder is waited for until its lease is past. */
  readonly isReadable: boolean
}

const DAMAGED_LEASE_MS = 60_000

/** What a lock folder says: a holder, or null when it is free (absent or empty). */
export function readHolder(lockDir: string): LockHolder | null {
  const file = namesIn(lockDir).find((name) => name.endsWith('.json'))
  if (!file) return null
  try {
    const path = `${lockDir}/${file}`
    const renewed = statSync(path).mtimeMs
    return parseHolder(readFileSync(path, 'utf8'), {id: file.slice(0, -'.json'.length), renewed})
  } catch (error) {
    // Released between the two looks.
    if (errnoOf(error) === 'ENOENT') return null
    throw error
  }
}

/** Files that don't belong into a free lock folder (a file browser's, say) but would keep it from being replaced. */
export function strayFiles(lockDir: string): string[] {
  const names = namesIn(lockDir)
  return names.some((name) => name.endsWith('.json')) ? [] : names
}

/** Whether its lock may be taken over: at once when it is certainly dead, else only when its lease is past. */
export function isStale(holder: LockHolder, now: number): boolean {
  if (holder.isReadable && isAlive(holder) === 'dead') return true
  return holder.until < now
}

function parseHolder(text: string, {id, renewed}: {id: string; renewed: number}): LockHolder {
  const said = parseObject(text)
  const number = (key: string) => (typeof said[key] === 'number' ? said[key] : undefined)
  const word = (key: string) => (typeof said[key] === 'string' ? said[key] : '')
  const leaseMs = number('leaseMs') ?? DAMAGED_LEASE_MS
  return {
    id,
    pid: number('pid') ?? 0,
    start: word('start'),
    boot: word('boot'),
    ns: word('ns'),
    host: word('host'),
    since: number('since') ?? renewed,
    leaseMs,
    until: renewed + leaseMs,
    fence: number('fence') ?? 0,
    isReadable: said['id'] === id && number('pid') !== undefined,
  }
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    // Torn by a power cut: the caller sees isReadable false.
    return {}
  }
}
