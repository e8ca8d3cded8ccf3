import type {AnswerEnd} from '../engine.js'
import type {Collector} from './collect.js'

/** How an answer ended, by the API's word for it; a word nobody knows is told, never guessed at. */
export function endOf(
  {stopReason, stopDetail}: Pick<Collector, 'stopReason' | 'stopDetail'>,
  calls: number,
): {readonly end: AnswerEnd; readonly note: string | null} {
  switch (stopReason) {
    case 'end_turn':
    case 'stop_sequence':
      return {end: calls > 0 ? 'calls' : 'done', note: null}
    case 'tool_use':
      return calls > 0 ? {end: 'calls', note: null} : {end: 'unknown', note: 'it stopped for calls and made none'}
    case 'max_tokens':
      return {end: 'length', note: null}
    case 'refusal':
      return {end: 'refusal', note: stopDetail === null ? 'it refused' : `it refused: ${stopDetail}`}
    case 'pause_turn':
      return {end: 'unknown', note: 'it paused more often than it was let go on'}
    case null:
      return {end: 'unknown', note: 'it gave no stop reason'}
    default:
      return {end: 'unknown', note: `it stopped with "${stopReason}", which nobody knows`}
  }
}
