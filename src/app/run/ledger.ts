import type {TurnEvent} from '../../turn/events.js'
import type {TurnPlan} from '../../turn/turn-plan.js'
import {pathsOf} from '../../workspace/change.js'
import type {Part, RefusedCall} from './report.js'

/** What is seen of a turn while it runs, over all its parts. */
export interface Ledger {
  readonly parts: Part[]
  readonly changed: Set<string>
  readonly refused: RefusedCall[]
  /** Whether what the person asked stands in a log entry. */
  hasRequest: boolean
  /** Calls that say that the goal is done, before they are carried out. */
  readonly goalCalls: Set<string>
  isGoalDone: boolean
  detail: string | null
  /** The engine that was asked last. */
  asked: string | null
}

/** Nothing has happened yet. */
export function newLedger(): Ledger {
  return {
    parts: [],
    changed: new Set(),
    refused: [],
    hasRequest: false,
    goalCalls: new Set(),
    isGoalDone: false,
    detail: null,
    asked: null,
  }
}

/** Takes note of what a report has to say and a plan doesn't. */
export function observe(ledger: Ledger, event: TurnEvent): void {
  if (event.kind === 'end') ledger.detail = event.detail
  if (event.kind === 'request') ledger.asked = event.engine
  if (event.kind === 'call' && event.call.tool === 'workstate' && event.call.input['goal_done'] === true) {
    ledger.goalCalls.add(event.call.id)
  }
  if (event.kind !== 'result') return
  const {result, effect} = event
  if (effect === 'ask' || effect === 'deny') {
    ledger.refused.push({tool: result.tool, effect, reason: result.text, approval: approvalIn(result.text)})
  }
  if (!result.isError && ledger.goalCalls.has(result.id)) ledger.isGoalDone = true
}

/** One part is over: what it came to counts with the others. */
export function note(ledger: Ledger, {turn, usage, messages, notes, changes}: TurnPlan, commit: string | null): void {
  ledger.parts.push({turn, commit, usage, messages, notes})
  if (commit !== null) for (const path of changes.flatMap(pathsOf)) ledger.changed.add(path)
}

/** As a turn tells its model that something waits. */
function approvalIn(text: string): string | null {
  return /\bapproval ([0-7][0-9A-HJKMNP-TV-Z]{25})\b/.exec(text)?.[1] ?? null
}
