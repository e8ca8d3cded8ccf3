import type {Prompt} from '../engines/prompt.js'
import {isRecord} from '../kit/is-record.js'
import type {Heard} from '../memory/workstate/heard.js'
import type {TranscriptFile} from '../workspace/transcript-file.js'
import type {TurnEvent} from './events.js'
import type {Given} from './transcript.js'
import {type RecordedPrompt, restorePrompt} from './transcript-prompt.js'

type EventOf<Kind extends TurnEvent['kind']> = Extract<TurnEvent, {kind: Kind}>

/** How a recorded turn began. */
export interface RecordedStart extends EventOf<'start'> {
  readonly engines: readonly string[]
  /** The commit that the home stood at. */
  readonly commit: string | null
  /** The turn whose full context was cut before; absent in the first. */
  readonly continues?: string
  readonly told?: readonly Heard[]
  readonly given?: Given
}

/** A request as it was sent; `prompt` is null where lines before it are damaged. */
export interface RecordedRequest extends Omit<EventOf<'request'>, 'prompt'> {
  readonly hash: string
  readonly prompt: Prompt | null
  /** What it adds to the request before it. */
  readonly added: RecordedPrompt
}

/** A line of a transcript as a typed value. */
export type RecordedEvent = {readonly at: string} & (
  | RecordedStart
  | RecordedRequest
  | Exclude<TurnEvent, {kind: 'start' | 'request' | 'text' | 'verdict'}>
)

/** What a line has to hold to be taken for its kind. */
const SHAPES: Readonly<
  Record<Exclude<TurnEvent['kind'], 'text' | 'verdict'>, (line: Readonly<Record<string, unknown>>) => boolean>
> = {
  start: ({turn, agent, engines}) => isText(turn) && isText(agent) && Array.isArray(engines),
  request: ({engine, hash, steps}) => isText(engine) && isText(hash) && Array.isArray(steps),
  'own-tool': ({tool, detail}) => isText(tool) && isText(detail),
  reply: ({engine, answer, usage}) => isText(engine) && isRecord(answer) && isRecord(usage),
  'no-reply': ({engine, reason, detail}) => isText(engine) && isText(reason) && isText(detail),
  wait: ({engine, ms}) => isText(engine) && typeof ms === 'number',
  call: ({call}) => isRecord(call) && isText(call['tool']) && isRecord(call['input']),
  result: ({result}) => isRecord(result) && isText(result['tool']) && isText(result['text']),
  flush: ({turn, next}) => isText(turn) && isText(next),
  end: ({turn, why}) => isText(turn) && isText(why),
}

/** The lines as events, every request whole again; kinds that a newer version writes are passed over. */
export function eventsOf({lines}: Pick<TranscriptFile, 'lines'>): RecordedEvent[] {
  let before: Prompt | null = null
  return lines.flatMap((line): RecordedEvent[] => {
    if (!isKnown(line.kind) || !SHAPES[line.kind](line)) return []
    if (line.kind !== 'request') return [line as unknown as RecordedEvent]
    const {
      at,
      engine,
      tokens,
      window,
      kind: _,
      ...added
    } = line as unknown as RecordedRequest & RecordedPrompt & {at: string}
    before = restorePrompt(added, before)
    return [{kind: 'request', at, engine, tokens, window, hash: added.hash, prompt: before, added}]
  })
}

function isKnown(kind: string): kind is keyof typeof SHAPES {
  return Object.hasOwn(SHAPES, kind)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
