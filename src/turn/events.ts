import type {Answer, StopReason, Usage} from '../engines/engine.js'
import type {Prompt, ToolCall, ToolResult} from '../engines/prompt.js'

/** Why a turn is over. */
export type TurnEnd =
  /** The model had nothing more to do. */
  | 'done'
  /** It said that it won't. */
  | 'refusal'
  /** A ceiling: tool calls, model calls, tokens, time, or the same call for the third time. */
  | 'ceiling'
  /** The context was full; the work goes on in a new turn. */
  | 'flushed'
  /** What a killed turn had heard is safe. */
  | 'recovered'
  /** A budget, or no engine that could be asked. */
  | 'budget'
  | 'engines'
  | 'interrupted'
  | 'stopped'
  | 'failed'

/** Why the route went on to the next engine. */
export type PassReason = StopReason | 'aside' | 'backing-off' | 'budget' | 'too-small'

/** What is told of a turn while it runs: to a terminal, to a program as JSON lines, and to its transcript. */
export type TurnEvent =
  | {
      readonly kind: 'start'
      readonly turn: string
      readonly agent: string
      readonly trigger: string
      readonly with: string | null
    }
  /** About to be sent; `tokens` is what it is taken for. */
  | {
      readonly kind: 'request'
      readonly engine: string
      readonly prompt: Prompt
      readonly tokens: number
      readonly window: number
    }
  /** A piece of the answer as it streams. */
  | {readonly kind: 'text'; readonly text: string}
  /** What an engine that is a program does with tools of its own. */
  | {readonly kind: 'own-tool'; readonly tool: string; readonly detail: string}
  | {
      readonly kind: 'reply'
      readonly engine: string
      readonly answer: Answer
      readonly usage: Usage
      readonly estimated: number
    }
  | {
      readonly kind: 'no-reply'
      readonly engine: string
      readonly reason: PassReason
      readonly detail: string
      /** null: it was not asked. */
      readonly usage: Usage | null
    }
  | {readonly kind: 'wait'; readonly engine: string; readonly ms: number; readonly why: string}
  | {readonly kind: 'call'; readonly call: ToolCall}
  /** By which rule the call with this id was judged, right before its result; for who watches, and kept nowhere. */
  | {readonly kind: 'verdict'; readonly id: string; readonly rule: string}
  | {
      readonly kind: 'result'
      readonly result: ToolResult
      readonly effect: 'allow' | 'ask' | 'deny' | null
      readonly ms: number
    }
  /** WORKSTATE.md is written and committed, and the context is begun anew in another turn. */
  | {
      readonly kind: 'flush'
      readonly turn: string
      readonly commit: string | null
      readonly next: string
      readonly tokens: number
      readonly window: number
    }
  | {readonly kind: 'end'; readonly turn: string; readonly why: TurnEnd; readonly detail: string | null}

export type TurnListener = (event: TurnEvent) => void
