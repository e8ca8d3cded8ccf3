import type {RecordedRequest} from './recorded.js'

/** An error as the far side gives it: a status, and what its body says. */
export interface Problem {
  readonly status: number
  readonly type: string
  readonly message: string
  /** `details.error_code` (Anthropic) or `code` (chat completions). */
  readonly code?: string
  readonly param?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A call of a tool, as the model of the script wants it. */
export interface ScriptedCall {
  readonly tool: string
  readonly input?: Readonly<Record<string, unknown>>
  /** The text of the arguments as they go over the wire, whatever it is; instead of `input`. */
  readonly rawInput?: string
  readonly id?: string
}

/** Something that happens in the middle of a stream, after so many of its events have been sent. */
export interface Accident {
  readonly afterEvents: number
  /** `cut` ends the connection, `stall` sends nothing more and keeps it open, a problem is sent as an event of its own. */
  readonly what: 'cut' | 'stall' | 'end' | Problem
}

/** What the model of the script says. */
export interface ScriptedAnswer {
  readonly kind: 'answer'
  readonly text: string
  readonly thinking?: string
  readonly calls: readonly ScriptedCall[]
  /** How it ends, in this wire's own word for it; absent: by itself, or for its calls. */
  readonly end?: 'length' | 'refusal'
  /** The stop reason exactly so, known to anybody or not. */
  readonly stop?: string | null
  /** Fields laid over the honest usage, `absent` for none at all. */
  readonly usage?: Readonly<Record<string, unknown>> | 'absent'
  /** Letters of text in one event. */
  readonly letters?: number
  /** Bytes in one write; absent: an event a write. */
  readonly bytes?: number
  /** Between two writes. */
  readonly pauseMs?: number
  /** Before the first byte of the head. */
  readonly delayMs?: number
  /** Pings (Anthropic) or keep-alive comments and blank lines (others) before the first event and between the later ones. */
  readonly pings?: number
  readonly accident?: Accident
  /** Says why the model refused, where the wire has a place for that. */
  readonly refusal?: string
  /** Leaves ids of tool calls out, as some servers do (chat completions only). */
  readonly hasNoCallIds?: boolean
  /** A whole answer in one piece even where a stream was asked for. */
  readonly ignoresStream?: boolean
  readonly headers?: Readonly<Record<string, string>>
}

/** What the server does with one request. */
export type Behaviour =
  | ScriptedAnswer
  | {readonly kind: 'problem'; readonly problem: Problem; readonly delayMs?: number}
  /** Accepts, and never sends a byte. */
  | {readonly kind: 'silence'}
  /** Closes the connection without an answer. */
  | {readonly kind: 'hang-up'}
  /** Exactly these bytes, under this head. */
  | {
      readonly kind: 'raw'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: string | Uint8Array
    }

/** Answered in order; past its end every request is refused loudly, so that no test overlooks one too many. */
export type Script =
  | readonly Behaviour[]
  | ((request: RecordedRequest, index: number) => Behaviour | Promise<Behaviour>)

type Options = Partial<Omit<ScriptedAnswer, 'kind'>>

export function says(text: string, options: Options = {}): ScriptedAnswer {
  return {kind: 'answer', text, calls: [], ...options}
}

export function asksFor(calls: readonly ScriptedCall[], options: Options = {}): ScriptedAnswer {
  return {kind: 'answer', text: '', calls, ...options}
}

export const silence: Behaviour = {kind: 'silence'}

export const hangUp: Behaviour = {kind: 'hang-up'}

/** What a portal or a proxy in between answers, with status 200 or any other. */
export function html(status = 200): Behaviour {
  const body =
    '<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in to the network</h1></body></html>'
  return {kind: 'raw', status, headers: {'content-type': 'text/html; charset=utf-8'}, body}
}

/** Bytes of an answer that nobody can read; `type` is what its head claims. */
export function garbage(body: string | Uint8Array, type = 'text/event-stream'): Behaviour {
  return {kind: 'raw', status: 200, headers: {'content-type': type}, body}
}
