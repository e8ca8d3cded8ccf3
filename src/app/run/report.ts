import type {Usage} from '../../engines/engine.js'
import {sumUsage} from '../../engines/usage.js'
import {usageReport} from '../../heartbeat/record-turn.js'
import type {AgentReport} from '../../heartbeat/report.js'
import {EXIT, type ExitCode} from '../../kit/errors.js'
import {shorten} from '../../kit/text.js'
import type {TurnEnd} from '../../turn/events.js'
import type {TurnPlan} from '../../turn/turn-plan.js'
import type {Tokens} from '../../workspace/receipt.js'

/** What became of a turn by a person's hand; the keys are a promise to programs. */
export interface RunReport {
  /** The last one, when a full context was cut on the way. */
  readonly turn: string
  readonly turns: readonly string[]
  readonly agent: string
  readonly state: AgentReport['state']
  readonly end: TurnEnd
  /** What the model said last. */
  readonly text: string
  readonly engine: string | null
  readonly model_calls: number
  readonly tokens: Tokens
  readonly cost_usd: number
  readonly commit: string | null
  readonly commits: readonly string[]
  readonly messages: readonly string[]
  /** Calls that the contract did not simply allow. */
  readonly refused: readonly RefusedCall[]
  readonly notes: readonly string[]
  /** What the work goes on with; null when nothing is left open. */
  readonly next: string | null
  readonly error: AgentReport['error']
}

export interface RefusedCall {
  readonly tool: string
  /** `ask`: a person has to say yes first. */
  readonly effect: 'ask' | 'deny'
  readonly reason: string
  /** The request that a person can answer; null: there is none. */
  readonly approval: string | null
}

/** One commit of it, or a part that made none. */
export interface Part {
  readonly turn: string
  readonly commit: string | null
  readonly usage: Usage
  readonly messages: readonly string[]
  readonly notes: readonly string[]
}

export interface RunFacts {
  readonly agent: string
  /** With whom it is a conversation; null: the agent's own work. */
  readonly with: string | null
  readonly plan: TurnPlan
  /** Why it ended, where the loop said so. */
  readonly detail: string | null
  /** Cut off before, with the last one, in their order. */
  readonly parts: readonly Part[]
  readonly refused: readonly RefusedCall[]
  readonly next: string | null
  /** What kept its changes from being made. */
  readonly trouble: AgentReport['error']
}

/** All parts of one piece of work as one report. */
export function reportRun({agent, with: other, plan, detail, parts, refused, next, trouble}: RunFacts): RunReport {
  const commits = parts.flatMap(({commit}) => commit ?? [])
  const goOn = other === null ? `mcos run ${agent} "Go on."` : `mcos chat ${agent}`
  const error = trouble ?? errorOf(plan, detail, commits.length === 0 ? [] : [`What is left is written down: ${goOn}`])
  return {
    turn: plan.turn,
    turns: parts.map(({turn}) => turn),
    agent,
    state: stateOf(plan, {hasFailed: error !== null, hasCommits: commits.length > 0}),
    end: plan.end,
    text: plan.text,
    engine: plan.engine,
    ...usageReport(sumUsage(parts.map(({usage}) => usage))),
    commit: parts.at(-1)?.commit ?? null,
    commits,
    messages: [...new Set(parts.flatMap(({messages}) => messages))],
    refused,
    notes: [...new Set(parts.flatMap(({notes}) => notes))],
    next,
    error,
  }
}

/** What a script is told: also that a call was refused or waits for a person, however well the rest went. */
export function exitOf({end, error, refused}: Pick<RunReport, 'end' | 'error' | 'refused'>): ExitCode {
  if (end === 'stopped' || error?.code === 'STOPPED') return EXIT.refused
  if (error !== null) return EXIT.failed
  if (refused.some(({effect}) => effect === 'ask')) return EXIT.waiting
  return refused.length > 0 ? EXIT.refused : EXIT.done
}

/** A state and a reason in the receipt's words. */
export function outcomeOf(plan: TurnPlan, detail: string | null): Pick<AgentReport, 'state' | 'reason' | 'error'> {
  const error = ['failed', 'engines'].includes(plan.end) ? errorOf(plan, detail, []) : null
  const isNothing = plan.lines.length === 0 && plan.changes.length === 0
  const said = isNothing ? 'nothing to report' : shorten(plan.lines.join('; '), 200)
  const reason = plan.end === 'done' ? said : (detail ?? plan.end)
  return {state: stateOf(plan, {hasFailed: error !== null, hasCommits: !isNothing}), reason, error}
}

function stateOf(
  {end, usage}: TurnPlan,
  {hasFailed, hasCommits}: {readonly hasFailed: boolean; readonly hasCommits: boolean},
): AgentReport['state'] {
  if (end === 'stopped' || end === 'interrupted') return hasCommits ? 'worked' : 'skipped'
  if (end === 'ceiling' || end === 'refusal') return 'worked'
  if (hasFailed) return 'failed'
  return hasCommits || usage.modelCalls > 0 ? 'worked' : 'idle'
}

/** `goOn` says how, where something is left to go on with. */
function errorOf(plan: TurnPlan, detail: string | null, goOn: readonly string[]): AgentReport['error'] {
  switch (plan.end) {
    case 'done':
    case 'flushed':
    case 'recovered':
      return plan.failure
    case 'failed':
      return plan.failure ?? {code: 'FAILED', message: detail ?? 'The turn failed.', suggestions: []}
    case 'refusal':
      return {
        code: 'MODEL_REFUSED',
        message: plan.text.trim() || (detail ?? 'The model refused.'),
        suggestions: [`mcos show ${plan.turn} --transcript`],
      }
    case 'ceiling':
      return {
        code: 'CEILING',
        message: `The turn ended before the work did: ${detail ?? 'a ceiling'}.`,
        suggestions: goOn,
      }
    case 'budget':
      return {
        code: 'BUDGET',
        message: plan.passed.at(-1) ?? detail ?? 'A budget is spent.',
        suggestions: ['mcos usage', ...goOn],
      }
    case 'engines':
      return {
        code: 'ENGINES',
        message: `No engine of the route gave an answer: ${plan.passed.join('; ')}`,
        suggestions: ['See what each engine says: mcos usage', 'Check the engines: mcos doctor'],
      }
    case 'interrupted':
      return {
        code: 'INTERRUPTED',
        message: 'It was interrupted; what was done until then is kept.',
        suggestions: goOn,
      }
    case 'stopped':
      return {
        code: 'STOPPED',
        message: 'mcos stop holds everything: nothing of this turn was done.',
        suggestions: ['mcos resume, then ask again'],
      }
  }
}
