import type {ToolCall, ToolResult} from '../engines/prompt.js'
import {cleanLine, shorten} from '../kit/text.js'
import type {TurnEvent, TurnListener} from '../turn/events.js'
import {cleanStream} from './clean-stream.js'

/** Where a turn is told: the answer and what happens around it go different ways. */
export interface TurnScreen {
  /** A piece of the answer, cleaned; null where it is not shown as it comes. */
  readonly say: ((text: string) => void) | null
  /** One line of what happens, cleaned. */
  readonly note: (line: string) => void
}

const LINE = 160
const INDENT = /^ */

/** Tells a turn to a person while it runs: text as it streams, each tool call in a line, waits and changes of the engine. */
export function tellTurn(screen: TurnScreen): TurnListener {
  const calls = new Map<string, ToolCall>()
  const rules = new Map<string, string>()
  const answer = answerOn(screen.say)
  let engine: string | null = null
  const note = (line: string): void => {
    answer.endLine()
    screen.note(`${INDENT.exec(line)?.[0] ?? ''}${shorten(cleanLine(line), LINE)}`)
  }
  return (event) => {
    switch (event.kind) {
      case 'request':
        answer.begin()
        if (engine !== null && engine !== event.engine) note(`asking ${event.engine} now`)
        engine = event.engine
        return
      case 'text':
        return answer.push(event.text)
      case 'reply':
        return answer.finish(event.answer.text)
      case 'call':
        calls.set(event.call.id, event.call)
        return
      case 'verdict':
        rules.set(event.id, event.rule)
        return
      case 'result': {
        const {id} = event.result
        return note(`  ${tellResult(calls.get(id), rules.get(id) ?? null, event)}`)
      }
      default: {
        const line = tellOther(event)
        if (line !== null) note(line)
        else answer.endLine()
      }
    }
  }
}

function tellOther(
  event: Exclude<TurnEvent, {kind: 'request' | 'text' | 'reply' | 'call' | 'verdict' | 'result'}>,
): string | null {
  switch (event.kind) {
    case 'own-tool':
      return `  ${event.tool} ${event.detail} (the engine's own)`
    case 'no-reply':
      // Who has interrupted it knows.
      if (event.reason === 'interrupted') return null
      return `${event.engine} gave no answer (${event.reason}): ${event.detail}`
    case 'wait':
      return `waiting ${(event.ms / 1000).toFixed(1)} s for ${event.engine}: ${event.why}`
    case 'flush':
      return `the context is at ${event.tokens} of ${event.window} tokens: kept in WORKSTATE.md, going on as ${event.next}`
    case 'start':
    case 'end':
      return null
  }
}

/** A call in a line: what, to what, what was said of it and by which rule, how long it took. */
function tellResult(
  call: ToolCall | undefined,
  rule: string | null,
  {result, effect, ms}: {result: ToolResult; effect: 'allow' | 'ask' | 'deny' | null; ms: number},
): string {
  const target = call ? targetOf(call) : ''
  const head = [result.tool, ...(target === '' ? [] : [shorten(cleanLine(target), 60)])].join(' ')
  const took = ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`
  const by = rule === null ? '' : ` (${rule})`
  if (effect === 'deny') return `${head}: refused${by}, ${result.text}`
  if (effect === 'ask') return `${head}: needs a person's yes${by}, ${result.text}`
  return result.isError
    ? `${head}: failed, ${result.text} (${took})`
    : `${head}: ${effect === 'allow' ? 'allowed' : 'done'}${by}, ${took}`
}

/** What a call is about: its first text. */
export function targetOf({input}: ToolCall): string {
  return Object.values(input).find((value): value is string => typeof value === 'string') ?? ''
}

interface AnswerOnScreen {
  /** Another answer is asked for. */
  begin(): void
  push(text: string): void
  /** The answer is complete; what an engine did not stream is shown now. */
  finish(whole: string): void
  /** Before anything else is told, a line that was begun is ended. */
  endLine(): void
}

function answerOn(say: TurnScreen['say']): AnswerOnScreen {
  let stream = cleanStream()
  let isBegun = false
  let isOpen = false
  const show = (text: string): void => {
    if (text === '' || say === null) return
    say(text)
    isOpen = !text.endsWith('\n')
  }
  const endLine = (): void => {
    show(stream.end())
    if (isOpen) show('\n')
  }
  return {
    begin() {
      isBegun = false
    },
    push(text) {
      isBegun = true
      show(stream.push(text))
    },
    finish(whole) {
      if (!isBegun) show(stream.push(whole))
      endLine()
      isBegun = false
      stream = cleanStream()
    },
    endLine,
  }
}
