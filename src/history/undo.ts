import type {Clock} from '../kit/clock.js'
import {EXIT, UserError} from '../kit/errors.js'
import {openFolder} from '../kit/folder.js'
import {contentHash} from '../kit/hash.js'
import {newTurnId} from '../kit/ids.js'
import {shellWord} from '../kit/shell-word.js'
import {shorten} from '../kit/text.js'
import type {Change} from '../workspace/change.js'
import {type ChangeSet, type Identity, TURN_TRAILER, UNDOES_TRAILER} from './change-set.js'
import {isSameAsCommitted} from './clean.js'
import {diffCommits} from './diff.js'
import {EXECUTABLE, type TreeEntry} from './objects.js'
import {findRepository, type Repository} from './repository.js'
import {insistOnReady} from './repository-state.js'
import {readSnapshot} from './snapshot.js'
import {findTurn, listTurns, listUndos, type TurnCommit, undoneTurns} from './turns.js'
import {Blobs, foldBack, type NotUndone} from './undo-fold.js'

export type {NotUndone} from './undo-fold.js'

export type UndoTarget =
  | {readonly turns: readonly string[]}
  /** Every turn of an agent from a moment on, in milliseconds since the epoch. */
  | {readonly agent: string; readonly since: number}

export interface UndoPlan {
  /** One new commit; it can be undone like any turn. */
  readonly changeSet: ChangeSet
  readonly turns: readonly TurnCommit[]
  readonly notUndone: readonly NotUndone[]
}

/** Plans to take turns back by a new commit; what others have built on since is merged by lines, or refused. */
export function planUndo(
  home: string,
  target: UndoTarget,
  {clock, author}: {readonly clock: Clock; readonly author: Identity},
): UndoPlan {
  const repository = findRepository(home)
  const {head} = insistOnReady(repository)
  const {turns, already} = chooseTurns(repository, target)
  const id = newTurnId(clock)
  const blobs = new Blobs(repository)
  const diffs = diffCommits(
    repository,
    turns.map(({commit}) => commit),
  )
  const back = foldBack(turns, {diffs, head: head ?? '', repository, blobs})
  const changes = [...changesFor(home, back.files, {repository, head, blobs}), ...logLines(back.logs, id)]
  const changeSet: ChangeSet = {
    id,
    changes,
    commit: {
      subject: subjectOf(turns),
      author,
      at: clock.now(),
      trailers: [
        ...agentTrailer(turns),
        [TURN_TRAILER, id],
        ['Mcos-Trigger', 'undo'],
        ...turns.map(({turn}) => [UNDOES_TRAILER, turn] as const),
      ],
    },
    local: [],
  }
  return {changeSet, turns, notUndone: [...already, ...back.notUndone]}
}

/** The turns to take back, newest first, without those that have been taken back already. */
function chooseTurns(repository: Repository, target: UndoTarget): {turns: TurnCommit[]; already: NotUndone[]} {
  const undone = undoneTurns(listUndos(repository))
  if ('agent' in target) {
    const found = listTurns(repository, {agent: target.agent}).filter(
      ({at, undoes}) => at >= target.since && undoes.length === 0,
    )
    const turns = found.filter(({turn}) => !undone.has(turn))
    if (turns.length === 0)
      throw nothingToUndo(
        `${target.agent} has no turn since ${new Date(target.since).toISOString()} that could be taken back.`,
      )
    return {turns, already: []}
  }
  const found = [
    ...new Map(target.turns.map((typed) => findTurn(repository, typed)).map((turn) => [turn.turn, turn])).values(),
  ]
  const turns = found.filter(({turn}) => !undone.has(turn))
  const already = found.flatMap(({turn}) => {
    const by = undone.get(turn)
    return by ? [{turn, what: 'the whole turn', why: `${by} has taken it back already`}] : []
  })
  if (turns.length === 0)
    throw nothingToUndo(
      found.map(({turn}) => `${turn} was taken back already, by ${undone.get(turn)}.`).join(' ') ||
        'No turn was named.',
      [...new Set(found.map(({turn}) => undone.get(turn)))].map((by) => `mcos undo ${by}   # to have it back`),
    )
  return {turns: newestFirst(repository, turns), already}
}

/** Times may be equal or wrong; the history itself knows the order. */
function newestFirst(repository: Repository, turns: readonly TurnCommit[]): TurnCommit[] {
  if (turns.length < 2) return [...turns]
  const order = listTurns(repository, {}).map(({commit}) => commit)
  return [...turns].sort((one, other) => order.indexOf(one.commit) - order.indexOf(other.commit))
}

/** From what the last commit has to what shall be there, as changes that only fit exactly these files. */
function changesFor(
  home: string,
  files: ReadonlyMap<string, TreeEntry | null>,
  {repository, head, blobs}: {repository: Repository; head: string | null; blobs: Blobs},
): Change[] {
  const disk = openFolder(home)
  const {committed} = readSnapshot(repository, {commit: head, paths: [...files.keys()], withContent: new Set()})
  const gone = new Map<string, string>()
  const changes: Change[] = []
  for (const [path, to] of files) {
    const from = committed.get(path) ?? null
    const now = disk.read(path)
    if (from && now && !isSameAsCommitted(now, from.oid, repository.hash)) throw uncommitted(path)
    if (from && !to) gone.set(path, from.oid)
  }
  for (const [path, to] of files) {
    const from = committed.get(path) ?? null
    if (!to || (from?.oid === to.oid && from.mode === to.mode)) continue
    const source = from ? undefined : [...gone].find(([, oid]) => oid === to.oid)?.[0]
    if (source !== undefined && disk.stat(source)) {
      gone.delete(source)
      changes.push({kind: 'move', from: source, to: path})
      continue
    }
    const now = disk.read(path)
    const mode = to.mode === EXECUTABLE ? 0o755 : undefined
    changes.push({kind: 'write', path, content: blobs.text(path, to.oid), expect: now && contentHash(now), mode})
  }
  for (const path of gone.keys()) {
    const now = disk.read(path)
    changes.push({kind: 'remove', path, ...(now ? {expect: contentHash(now)} : {})})
  }
  return changes
}

function logLines(logs: ReadonlyMap<string, readonly string[]>, id: string): Change[] {
  return [...logs].map(([path, turns]) => ({
    kind: 'append',
    path,
    text: `- undone by ${id}: ${[...turns].reverse().join(', ')}\n`,
  }))
}

function subjectOf(turns: readonly TurnCommit[]): string {
  const agents = [...new Set(turns.map(({agent}) => agent ?? 'a person'))].join(', ')
  const [only] = turns
  if (turns.length !== 1 || !only) return `Undo ${turns.length} turns of ${agents}`
  const what = only.subject.startsWith(`${agents}: `) ? only.subject.slice(agents.length + 2) : only.subject
  return shorten(`Undo ${only.turn} of ${agents}: ${what}`, 100)
}

function agentTrailer(turns: readonly TurnCommit[]): [string, string][] {
  return [...new Set(turns.flatMap(({agent}) => agent ?? []))].map((agent) => ['Mcos-Agent', agent])
}

function uncommitted(path: string): UserError {
  return new UserError(
    `${path} has changes that are not committed yet, and taking the turn back would overwrite them.`,
    {
      code: 'UNCOMMITTED',
      fix: `mcos commit ${shellWord(path)}`,
    },
  )
}

function nothingToUndo(message: string, fixes: readonly string[] = []): UserError {
  return new UserError(message, {code: 'NOTHING_TO_UNDO', fix: [...fixes, 'mcos history'], exit: EXIT.usage})
}
