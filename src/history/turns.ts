import {EXIT, UserError} from '../kit/errors.js'
import {matchPrefix} from '../kit/ids.js'
import {TURN_TRAILER, UNDOES_TRAILER} from './change-set.js'
import {git} from './plumbing.js'
import {findRepository, type Repository} from './repository.js'
import {readState} from './repository-state.js'

/** A commit that says which turn it is. */
export interface TurnCommit {
  readonly turn: string
  readonly commit: string
  /** The commit before it; null for the repository's first. */
  readonly parent: string | null
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly subject: string
  readonly agent: string | null
  readonly trigger: string | null
  readonly engine: string | null
  /** All tokens it cost; null when the trailer is missing. */
  readonly tokens: number | null
  readonly costUsd: number | null
  /** The turns that this one takes back. */
  readonly undoes: readonly string[]
  /** Every trailer in order, as it stands in the commit. */
  readonly trailers: readonly (readonly [key: string, value: string])[]
}

export interface TurnQuery {
  readonly agent?: string | undefined
  readonly limit?: number | undefined
  /** Milliseconds since the epoch; by the time the turn itself gave. */
  readonly since?: number | undefined
}

/** The newest turns first; people's own commits are left out. */
export function history(home: string, query: TurnQuery = {}): TurnCommit[] {
  return listTurns(findRepository(home), query)
}

export function listTurns(repository: Repository, {agent, limit, since}: TurnQuery): TurnCommit[] {
  const patterns = [`^${TURN_TRAILER}: `, ...(agent === undefined ? [] : [`^Mcos-Agent: ${escapePattern(agent)}$`])]
  const turns = readTurns(repository, [
    '--all-match',
    ...patterns.map((pattern) => `--grep=${pattern}`),
    ...(limit === undefined ? [] : [`--max-count=${limit}`]),
    ...(since === undefined ? [] : [`--since=${Math.floor(since / 1000)}`]),
  ])
  return agent === undefined ? turns : turns.filter((turn) => turn.agent === agent)
}

/** The one turn whose id, or whose commit, begins with what a person typed. */
export function findTurn(repository: Repository, typed: string): TurnCommit {
  const prefix = /^t_/i.test(typed) ? typed.slice(2) : typed
  const wanted = `t_${prefix}`
  const turns = readTurns(repository, ['-i', `--grep=^${TURN_TRAILER}: ${escapePattern(wanted)}`])
  if (turns.length === 0 && COMMIT.test(typed)) return turnOfCommit(repository, typed.toLowerCase())
  const id = matchPrefix(
    turns.map(({turn}) => turn),
    prefix === '' ? '' : wanted,
    {what: 'turn', list: 'mcos history'},
  )
  const found = turns.find(({turn}) => turn === id)
  if (!found) throw new Error(`turn ${id} vanished`)
  return found
}

/** As `mcos status` and git show one. */
const COMMIT = /^[0-9a-f]{7,64}$/i

function turnOfCommit(repository: Repository, typed: string): TurnCommit {
  const [found, ...more] = listTurns(repository, {}).filter(({commit}) => commit.startsWith(typed))
  const list = 'mcos history'
  if (!found) {
    const message = `There is no turn "${typed}", and no commit of that name that bears one.`
    throw new UserError(message, {code: 'NOT_FOUND', fix: list, exit: EXIT.usage})
  }
  if (more.length > 0) {
    const message = `"${typed}" fits the commits of ${more.length + 1} turns: ${[found, ...more].map(({turn}) => turn).join(', ')}.`
    throw new UserError(message, {code: 'AMBIGUOUS', fix: list, exit: EXIT.usage})
  }
  return found
}

/** Which turns have been taken back, and by which; an undo that was itself taken back doesn't count. */
export function undoneTurns(turns: readonly TurnCommit[]): Map<string, string> {
  const undone = new Map<string, string>()
  // Newest first: what a later undo has taken back has no say any more.
  for (const {turn, undoes} of turns) {
    if (undone.has(turn)) continue
    for (const other of undoes) if (!undone.has(other)) undone.set(other, turn)
  }
  return undone
}

/** Every undo there is, newest first. */
export function listUndos(repository: Repository): TurnCommit[] {
  return readTurns(repository, [`--grep=^${UNDOES_TRAILER}: `])
}

const FIELDS = ['%H', '%P', '%at', '%s', '%(trailers:only,unfold)']

function readTurns(repository: Repository, args: readonly string[]): TurnCommit[] {
  if (readState(repository).head === null) return []
  const scope = repository.prefix === '' ? [] : ['--', repository.prefix]
  const output = git(repository, [
    'log',
    '-z',
    '--no-show-signature',
    '--no-notes',
    `--format=${FIELDS.join('%x1f')}`,
    ...args,
    'HEAD',
    ...scope,
  ])
  return output
    .toString()
    .split('\0')
    .flatMap((record) => parseTurn(record))
}

function parseTurn(record: string): TurnCommit[] {
  const [commit = '', parents = '', at = '', subject = '', rest = ''] = record.split('\x1f')
  const trailers = rest.split('\n').flatMap((line): [string, string][] => {
    const colon = line.indexOf(': ')
    return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 2)]] : []
  })
  const last = (key: string) => trailers.findLast(([name]) => name === key)?.[1] ?? null
  const turn = last(TURN_TRAILER)
  if (!turn) return []
  return [
    {
      turn,
      commit,
      parent: parents.split(' ')[0] || null,
      at: Number(at) * 1000,
      subject,
      agent: last('Mcos-Agent'),
      trigger: last('Mcos-Trigger'),
      engine: last('Mcos-Engine'),
      tokens: amount(last('Mcos-Tokens')),
      costUsd: amount(last('Mcos-Cost-USD')),
      undoes: trailers.flatMap(([key, value]) => (key === UNDOES_TRAILER ? [value] : [])),
      trailers,
    },
  ]
}

/** The number a trailer begins with, whatever unit or sign stands round it; a sum where it lists several. */
function amount(text: string | null): number | null {
  const numbers = text?.match(/\d+(?:\.\d+)?/g)
  return numbers ? numbers.reduce((sum, number) => sum + Number(number), 0) : null
}

function escapePattern(text: string): string {
  return text.replace(/[.*[\]^$\\]/g, '\\$&')
}
