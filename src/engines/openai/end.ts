import type {AnswerEnd} from '../engine.js'

/**
 * How an answer ended, by the server's word for it. Many servers say "stop" where there are calls: the calls decide. A
 * word nobody knows is told, never guessed at.
 */
export function endOf(
  finish: string | null,
  {calls, isRefused}: {readonly calls: number; readonly isRefused: boolean},
): {readonly end: AnswerEnd; readonly note: string | null} {
  if (isRefused) return {end: 'refusal', note: 'it refused'}
  switch (finish) {
    case 'stop':
      return {end: calls > 0 ? 'calls' : 'done', note: null}
    case 'tool_calls':
    case 'function_call':
      return calls > 0 ? {end: 'calls', note: null} : {end: 'unknown', note: 'it stopped for calls and made none'}
    case 'length':
      return {end: 'length', note: null}
    case 'content_filter':
      return {end: 'refusal', note: "the provider's content filter ended it"}
    case null:
      return {end: 'unknown', note: 'it gave no finish reason'}
    default:
      return {end: 'unknown', note: `it finished with "${finish}", which nobody knows`}
  }
}
