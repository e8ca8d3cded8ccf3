import {type Clues, isFromPerson} from './find-clues.js'
import type {Opinion} from './opinion.js'

const HOUR_MS = 3_600_000

/** An invitation is news for now only when it is cancelled or changed within hours. null: none, or its words are urgent. */
export function judgeCalendar({mail: {content, received}, net, line, sender}: Clues): Opinion | null {
  if (!content.calendar || net >= line) return null
  const {method, start} = content.calendar
  const hours = start === null ? Number.NaN : (Date.parse(start) - Date.parse(received)) / HOUR_MS
  if (method === 'CANCEL' && hours > -1 && hours < 6)
    return {
      class: 'urgent',
      urgency: 3,
      confidence: 0.82,
      reason: 'An appointment of the next hours is cancelled.',
      sources: ['calendar'],
      isCertain: true,
    }
  const isSoon = hours > -1 && hours < 24
  return {
    class: 'calendar',
    urgency: method === 'REPLY' ? 0 : isSoon || net >= 2.5 ? 2 : 1,
    confidence: 0.93,
    reason: method === 'REPLY' ? 'It answers an invitation.' : 'It is an invitation, or a change of one.',
    sources: ['calendar'],
    isCertain: !isFromPerson(sender),
  }
}
