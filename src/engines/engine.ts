import type {NewsItem} from './news.js'

/** One thing an engine wants done: a tool by name and its arguments as the engine gave them, not yet believed. */
export interface ToolCall {
  readonly tool: string
  readonly input: Readonly<Record<string, unknown>>
}

/** What a request cost; `input` is what was not read from a cache, on every engine. */
export interface Usage {
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  readonly cacheWrite: number
  readonly costUsd: number
  /** Calls to a model behind this reply; 0 for the rules. */
  readonly modelCalls: number
}

export const NO_USAGE: Usage = {input: 0, output: 0, cacheRead: 0, cacheWrite: 0, costUsd: 0, modelCalls: 0}

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
  /** The assembled context, for engines that read text; put together when first asked for. */
  prompt(): Promise<string>
  /** What the probes found, for engines that read values. */
  readonly news: readonly NewsItem[]
  readonly questions: readonly Question[]
}

/** Why an engine gave no answer; the route decides from this what comes next. */
export type StopReason = 'refused' | 'overloaded' | 'unreachable' | 'timeout' | 'unauthorized' | 'spent' | 'invalid'

export type Reply =
  | {
      readonly kind: 'answer'
      readonly text: string
      readonly calls: readonly ToolCall[]
      /** Ids of the questions it answered; the others stay due. */
      readonly answered: readonly string[]
      readonly usage: Usage
    }
  | {readonly kind: 'stopped'; readonly reason: StopReason; readonly detail: string; readonly usage: Usage}

/**
 * Something that answers one request.
 * Never throws for a refusal, a time-out or a lost network: those are replies of kind "stopped".
 */
export interface Engine {
  readonly name: string
  reply(request: EngineRequest, signal: AbortSignal): Promise<Reply>
}
