import type {Answer, Step} from '../engines/engine.js'
import type {ToolCall, ToolResult} from '../engines/prompt.js'
import {totalTokens} from '../engines/usage.js'
import type {TurnFacts} from '../guard/action.js'
import type {Heard} from '../memory/workstate/heard.js'
import type {Outcome} from './act.js'
import {canonicalJson} from './canonical-json.js'
import type {Context} from './context.js'
import {Draft} from './draft.js'
import {newTally, type Tally} from './tally.js'
import type {Ceilings, TurnInput} from './turn-input.js'

/** What has been said, done and planned in one context, from its beginning until it is committed. */
export interface Work {
  readonly turn: string
  readonly draft: Draft
  /** A conversation that goes on here, as the turn before left it off; else empty. */
  before: readonly Step[]
  /** What was said since the context began. */
  readonly steps: Step[]
  readonly outcomes: Outcome[]
  /** What programs did by themselves, as log lines. */
  readonly lines: string[]
  readonly heard: Heard[]
  readonly tally: Tally
  /** Whether this is the first context of the turn's work: the one that was told the news. */
  readonly isFirst: boolean
  answers: number
  /** What stands in front of the conversation, once it was put together. */
  context?: Context
  /** Ids of the questions that the last answer answered. */
  answered: readonly string[]
  text: string
  engine: string | null
}

/** What counts over all contexts of one piece of work. */
export interface Effort {
  readonly startedAt: number
  toolCalls: number
  modelCalls: number
  tokens: number
  readonly seen: Map<string, number>
  /** What has come in and gone out: a full context that goes on has forgotten none of it. */
  facts: TurnFacts
}

export function beginWork(input: TurnInput, turn: string, isFirst: boolean): Work {
  return {
    turn,
    draft: new Draft(input.fleet.home.files),
    before: isFirst ? input.steps : [],
    steps: [],
    outcomes: [],
    lines: [],
    heard: [],
    tally: newTally(),
    isFirst,
    answers: 0,
    answered: [],
    text: '',
    engine: null,
  }
}

export function newEffort(now: number, facts: TurnFacts): Effort {
  return {startedAt: now, toolCalls: 0, modelCalls: 0, tokens: 0, seen: new Map(), facts}
}

/** Whether this context goes on with a conversation that a model has taken part in before. */
export function isGoingOn({before}: Pick<Work, 'before'>): boolean {
  return before.some(({kind}) => kind === 'answer')
}

/** All that is said behind the prefix. A conversation that goes on keeps its beginning, byte for byte: that is what a cache knows. */
export function conversationOf(work: Pick<Work, 'before' | 'steps' | 'context'>): readonly Step[] {
  const {before, steps, context} = work
  const first: Step[] = context === undefined || isGoingOn(work) ? [] : [{kind: 'prompt', text: context.first}]
  return [...first, ...before, ...steps]
}

/** Takes an answer into the conversation; the engine that gave it gets it back in its own form. */
export function keepAnswer(work: Work, {engine, answer, at}: {engine: string; answer: Answer; at: string}): void {
  const {text, calls, native, session} = answer
  work.steps.push({
    kind: 'answer',
    text,
    calls,
    ...(native === undefined ? {} : {native: {engine, content: native}}),
    ...(session === undefined ? {} : {session: {engine, id: session}}),
  })
  work.answers++
  work.answered = answer.answered
  work.engine = engine
  if (text.trim() !== '') {
    work.text = text
    work.heard.push({kind: 'agent', name: engine, text, at})
  }
}

/** What came back of the calls of one answer, in their order. */
export function keepResults(work: Work, results: readonly ToolResult[]): void {
  work.steps.push({kind: 'results', results})
}

/** Which ceiling this call would go over, in words; null when it may be carried out. */
export function overCeiling(call: ToolCall, effort: Effort, ceilings: Ceilings): string | null {
  const key = `${call.tool} ${canonicalJson(call.input)}`
  const times = (effort.seen.get(key) ?? 0) + 1
  effort.seen.set(key, times)
  if (times >= ceilings.sameCall) return `${call.tool} was called with the same arguments ${times} times`
  if (++effort.toolCalls > ceilings.toolCalls) return `${ceilings.toolCalls} tool calls are the most of a turn`
  return null
}

/** Which ceiling one more request to a model would go over; null when it may be sent. */
export function overEffort(effort: Effort, ceilings: Ceilings, now: number): string | null {
  if (effort.modelCalls >= ceilings.modelCalls)
    return ceilings.modelCalls === 1
      ? 'one request is the most of a turn'
      : `${ceilings.modelCalls} requests are the most of a turn`
  if (effort.tokens >= ceilings.tokens) return `${ceilings.tokens} tokens are the most of a turn`
  const minutes = Math.round(ceilings.ms / 60_000)
  return now - effort.startedAt >= ceilings.ms ? `${minutes} minutes are the most of a turn` : null
}

/** Counts what was used since the last look. */
export function countEffort(effort: Effort, {tally}: Work, before: number): void {
  effort.tokens += totalTokens(tally.usage) - before
}
