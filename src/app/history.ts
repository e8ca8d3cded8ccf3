import {commitChangeSets} from '../history/commit-change-sets.js'
import {personIdentity} from '../history/person.js'
import {refusedBy} from '../history/refused-by.js'
import {type ShownTurn, showTurn} from '../history/show-turn.js'
import {history, type TurnCommit} from '../history/turns.js'
import {type NotUndone, planUndo, type UndoPlan} from '../history/undo.js'
import {EXIT, isUserError, UserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {listTranscripts} from '../turn/transcript.js'
import {findAgent} from '../workspace/agents.js'
import type {Change} from '../workspace/change.js'
import type {Fleet} from '../workspace/fleet.js'
import {CONFIG_FILE} from '../workspace/home.js'
import {effectsOf} from './outside-effects.js'

/** One turn in a list; the keys are a promise to programs. */
export interface HistoryRow {
  readonly turn: string
  readonly commit: string
  readonly at: string
  readonly agent: string | null
  readonly trigger: string | null
  readonly engine: string | null
  readonly tokens: number | null
  readonly cost_usd: number | null
  readonly subject: string
  readonly undoes: readonly string[]
}

export interface HistoryList {
  readonly agent: string | null
  readonly turns: readonly HistoryRow[]
}

/** Turns as commits, newest first. */
export function listHistory(fleet: Fleet, {agent: typed, limit}: {agent: string | null; limit: number}): HistoryList {
  const agent = typed === null ? null : findAgent(fleet.home, typed).name
  const turns = history(fleet.home.dir, {limit, ...(agent === null ? {} : {agent})})
  return {agent, turns: turns.map(rowOf)}
}

function rowOf(turn: TurnCommit): HistoryRow {
  const {at, costUsd, turn: id, commit, agent, trigger, engine, tokens, subject, undoes} = turn
  return {
    turn: id,
    commit,
    at: new Date(at).toISOString(),
    agent,
    trigger,
    engine,
    tokens,
    cost_usd: costUsd,
    subject,
    undoes,
  }
}

/** What an undo took back, and what it could not. */
export interface Undone {
  readonly turn: string | null
  readonly commit: string | null
  readonly undone: readonly HistoryRow[]
  /** Effects outside the files, and messages that were taken already. */
  readonly not_undone: readonly NotUndone[]
}

export type UndoRequest =
  | {readonly turns: readonly string[]; readonly dryRun: boolean}
  | {readonly agent: string; readonly since: number; readonly dryRun: boolean}

/** Takes turns back by one new commit; with `dryRun`, only tells what would be taken back. */
export function undo(fleet: Fleet, request: UndoRequest): Undone {
  const {home, clock, env} = fleet
  const target =
    'agent' in request ? {agent: findAgent(home, request.agent).name, since: request.since} : {turns: request.turns}
  const plan = planUndo(home.dir, target, {clock, author: personIdentity(home.dir, env)})
  insistOnFleetLeft(plan)
  const undone = plan.turns.map(rowOf)
  const not_undone = [...plan.notUndone, ...effectsOf(home.dir, plan.turns)]
  if (request.dryRun) return {turn: null, commit: null, undone, not_undone}
  const [result] = commitChangeSets(home.dir, [plan.changeSet], {clock})
  if (result?.refused) throw refusedBy(result.refused)
  pruneFolders(home.files, plan.changeSet.changes)
  return {turn: plan.changeSet.id, commit: result?.commit ?? null, undone, not_undone}
}

/** Without its mcos.yaml a folder is no fleet any more, and nothing of mcos could take that back again. */
function insistOnFleetLeft({turns, changeSet}: UndoPlan): void {
  if (!changeSet.changes.some((change) => change.kind === 'remove' && change.path === CONFIG_FILE)) return
  const first = turns.at(-1)
  throw new UserError(
    `${first?.turn} began the fleet: with it ${CONFIG_FILE} would go, and there would be no fleet to undo that in.`,
    {
      code: 'BEGAN_THE_FLEET',
      fix: ['mcos history', `git revert ${first?.commit.slice(0, 10)}   # if the fleet's files shall go`],
      exit: EXIT.usage,
    },
  )
}

/** As git does: a folder whose last file went goes too, or a renamed agent's empty one would count as an agent. */
function pruneFolders(files: Folder, changes: readonly Change[]): void {
  const gone = changes.flatMap((change) =>
    change.kind === 'remove' ? [change.path] : change.kind === 'move' ? [change.from] : [],
  )
  for (const path of gone) {
    const parts = path.split('/').slice(0, -1)
    while (parts.length > 0 && files.removeFolder(parts.join('/'))) parts.pop()
  }
}

/** One turn whole: its commit, what it says, what it changed. */
export interface TurnPage extends HistoryRow {
  readonly body: string
  readonly files: ShownTurn['files']
  readonly diff: string
  readonly undone_by: string | null
}

export async function showOneTurn(fleet: Fleet, typed: string): Promise<TurnPage> {
  const shown = await showTurn(fleet.home.dir, typed).catch((error: unknown) => {
    throw withTranscript(error, fleet, typed)
  })
  const {body, files, diff, undoneBy} = shown
  return {...rowOf(shown), body, files, diff, undone_by: undoneBy}
}

/** A turn that had nothing to report made no commit, and is found by what it was sent and answered. */
function withTranscript(error: unknown, {mcos}: Fleet, typed: string): unknown {
  if (!isUserError(error) || error.code !== 'NOT_FOUND') return error
  const turn = listTranscripts(mcos).find((one) => one.toLowerCase().startsWith(typed.toLowerCase()))
  if (turn === undefined) return error
  return new UserError(`${turn} made no commit: there was nothing to keep.`, {
    code: error.code,
    fix: `See what it was sent and answered: mcos show ${turn} --transcript`,
    exit: error.exit,
    cause: error,
  })
}
