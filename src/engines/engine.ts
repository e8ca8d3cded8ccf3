import type {NewsItem} from './news.js'
import type {Prompt, ToolCall} from './prompt.js'

export type {Prompt, Step, ToolCall} from './prompt.js'

/** What one reply used; `input` is what was not read from a cache, on every engine. */
export interface Usage {
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  readonly cacheWrite: number
  /** US dollars. */
  readonly costUsd: number
  /** Calls to a model behind this reply; 0 for the rules. */
  readonly modelCalls: number
}

export const NO_USAGE: Usage = {input: 0, output: 0, cacheRead: 0, cacheWrite: 0, costUsd: 0, modelCalls: 0}

/** What an engine says that a reply used, before anybody believes it; null is what it didn't say. */
export interface ClaimedUsage {
  readonly input: number | null
  readonly output: number | null
  readonly cacheRead: number
  readonly cacheWrite: number
  /** The part of `cacheWrite` that is kept for an hour, which costs more. */
  readonly cacheWriteHour: number
  /** What the engine itself says it cost, as programs do; null where it is worked out from prices. */
  readonly costUsd: number | null
  readonly modelCalls: number
}

/** A judgement check that is due, in the person's own words. */
export interface Question {
  readonly check: string
  readonly title: string
  readonly prose: string
}

export interface EngineRequest {
  readonly agent: string
  readonly turn: string
  /** Who hears of what this agent must not decide alone; null for the top of the fleet. */
  readonly reportsTo: string | null
  /** What the probes found, for engines that read values. */
  readonly news: readonly NewsItem[]
  readonly questions: readonly Question[]
  /** For engines that read text; put together when first asked for. */
  prompt(): Promise<Prompt>
  /** For engines that are programs: a copy of the agent's folder in which they may work; its changes are looked at afterwards. */
  workFolder(): Promise<string>
  /** What this engine's program called the conversation so far; null at its beginning. */
  readonly session: string | null
  /** US dollars set apart for this request: a program that makes calls of its own is told not to go past it. */
  readonly limitUsd: number | null
}

/** Why an engine gave no answer; `failures.ts` says what follows from each. */
export type StopReason =
  | 'overloaded'
  | 'unreachable'
  | 'silent'
  | 'cut'
  | 'unauthorized'
  | 'spent'
  | 'invalid'
  | 'too-long'
  | 'interrupted'

/** How an answer ended: by itself, for its tool calls, at its length, with a refusal, or as nobody knows. */
export type AnswerEnd = 'done' | 'calls' | 'length' | 'refusal' | 'unknown'

export interface Answer {
  readonly kind: 'answer'
  readonly text: string
  readonly calls: readonly ToolCall[]
  readonly end: AnswerEnd
  /** Ids of the questions it answered; the others stay due. */
  readonly answered: readonly string[]
  readonly usage: ClaimedUsage | null
  /** The answer in the engine's own form, which it wants back verbatim in the next request. */
  readonly native?: unknown
  /** What the engine's program calls this conversation. */
  readonly session?: string
  /** What an odd end was, or what could not be bounded; for the receipt. */
  readonly note?: string
}

export interface Stopped {
  readonly kind: 'stopped'
  readonly reason: StopReason
  readonly detail: string
  /** null: not known; a call that may have reached the model then counts at its most. */
  readonly usage: ClaimedUsage | null
  /** The provider's own minimum wait. */
  readonly retryAfterMs?: number
}

export type Reply = Answer | Stopped

/** What an engine tells while it works: text as it streams, and what a program does with tools of its own. */
export type EngineEvent =
  | {readonly kind: 'text'; readonly text: string}
  | {readonly kind: 'own-tool'; readonly tool: string; readonly detail: string}

export interface CallOptions {
  readonly signal: AbortSignal
  onEvent(event: EngineEvent): void
}

/** What is known of the model behind an engine; null stands for the rules, which have none. */
export interface EngineModel {
  /** Tokens that fit, input and output together. */
  readonly window: number
  /** The most an answer may be, in tokens; never asked for more. */
  readonly maxOutput: number
  /** US dollars for a million tokens; null where nobody has said: then tokens are counted and dollars are 0. */
  readonly prices: Prices | null
  readonly billing: 'metered' | 'subscription'
  /** Of a program that makes calls of its own: what one request may cost at most, in US dollars. Absent: a request is one call. */
  readonly usdPerRequest?: number
  /** Below this a mark for the cache is ignored by the provider, and costs nothing to leave out. */
  readonly minCacheTokens: number | null
  /** Names engine, settings and key without giving any of them away: what is put aside stays aside until this changes. */
  readonly identity: string
}

export interface Prices {
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  /** Kept for five minutes. */
  readonly cacheWrite: number
  /** Kept for an hour. */
  readonly cacheWriteHour: number
}

/**
 * Something that answers one request.
 * Never throws for a refusal, a time-out or a lost network: those are replies of kind "stopped".
 */
export interface Engine {
  readonly name: string
  readonly model: EngineModel | null
  reply(request: EngineRequest, options: CallOptions): Promise<Reply>
  /** The provider's own count of what would be sent; null when it can't say. Absent where there is no such call. */
  countTokens?(prompt: Prompt, signal: AbortSignal): Promise<number | null>
}
