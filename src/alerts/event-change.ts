import {derivedId} from '../kit/derived-id.js'
import {type AlertEvent, alertEventOf, formatAlertEvent, parseAlertEvent} from '../workspace/alert-file.js'
import type {Change} from '../workspace/change.js'
import type {AlertCase} from './read-alerts.js'

/** The file of one event; it is new, so that nobody's word is ever written over. */
export function eventChange(folder: string, event: AlertEvent): Change {
  const path = `${folder}/events/${event.id}.md`
  const content = formatAlertEvent(event)
  parseAlertEvent(content, path)
  return {kind: 'write', path, content, expect: null}
}

/** That a question went on or people were paged, as everybody who notices it would write it: two of them are one file. */
export function recordOf(
  {alert, state}: AlertCase,
  said: Pick<AlertEvent, 'by' | 'kind' | 'to' | 'why'> & {readonly atMs: number},
): AlertEvent {
  const {atMs, ...rest} = said
  const level = said.kind === 'page' ? state.confirmed : state.level
  const id = derivedId(atMs, `${alert.id} ${said.kind} ${level ?? ''} ${state.claimedAt}`)
  return alertEventOf({id, at: new Date(atMs).toISOString(), level, ...rest})
}
