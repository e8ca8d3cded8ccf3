import {cleanLine, shorten} from '../kit/text.js'
import type {TurnEvent} from '../turn/events.js'
import {targetOf} from './turn.js'

/** What a turn is at after an event, in a few words; null: nothing that takes time. Undefined: what it was at before. */
export function workAfter(event: TurnEvent): string | null | undefined {
  switch (event.kind) {
    case 'start':
      return 'getting ready'
    case 'request':
      return `asking ${event.engine}`
    case 'wait':
      return `waiting for ${event.engine}`
    case 'call':
      return callWords(event.call)
    case 'reply':
    case 'no-reply':
    case 'result':
    case 'flush':
      return 'going on'
    case 'end':
      return null
    default:
      return undefined
  }
}

function callWords(call: Extract<TurnEvent, {kind: 'call'}>['call']): string {
  return shorten(cleanLine(`${call.tool} ${targetOf(call)}`), 60)
}
