import {NO_USAGE} from '../engines/engine.js'
import {NO_FACTS} from '../guard/action.js'
import {type FoundApproval, usedPath} from '../guard/approvals/read-approvals.js'
import type {Clock} from '../kit/clock.js'
import {isRecord} from '../kit/is-record.js'
import {cleanLine, shorten} from '../kit/text.js'
import {formatUse} from '../workspace/approval-file.js'
import type {Change} from '../workspace/change.js'
import type {TurnPlan} from './turn-plan.js'

/** Exactly what was asked for: request.md is what the person signed for. */
export function callOf({id, request: {args}}: FoundApproval): {
  id: string
  tool: string
  input: Readonly<Record<string, unknown>>
} {
  const {tool, input} = args
  return {id, tool: typeof tool === 'string' ? tool : '', input: isRecord(input) ? input : {}}
}

/** Known to whoever is asked outside, so that even a repetition by somebody else is seen as one. */
export function keyOf({id}: FoundApproval): string {
  return `mcos-approval-${id}`
}

/** The mark that a yes is spent. */
export function markOfUse(approval: FoundApproval, turn: string, clock: Clock): Change {
  const at = new Date(clock.now()).toISOString()
  return {
    kind: 'write',
    path: usedPath(approval.id),
    content: formatUse({at, turn, key: keyOf(approval)}),
    expect: null,
  }
}

/** The call in a line. */
export function whatOf({request: {verb, target}}: FoundApproval): string {
  return shorten(cleanLine(`${verb} ${target}`), 200)
}

/** Families of verbs that change nothing outside the fleet; everything else is taken to. */
export function isOfFiles(verb: string): boolean {
  return /^(?:read|write|delete|log|message|task|alert|memory|wiki|guardrail)(?:\.|$)/.test(verb)
}

/** A turn of code alone, as one commit. */
export function planOf(
  turn: string,
  {changes, lines, messages}: Pick<TurnPlan, 'changes' | 'lines' | 'messages'>,
): TurnPlan {
  return {
    turn,
    changes,
    lines,
    messages,
    engine: 'rules',
    usage: NO_USAGE,
    answered: [],
    end: 'done',
    text: '',
    notes: [],
    passed: [],
    putAside: [],
    failure: null,
    steps: [],
    facts: NO_FACTS,
  }
}
