import type {Heard} from '../memory/workstate/heard.js'
import type {TurnInput} from './turn-input.js'

/** What came up before a model heard of it: a person's request, and messages that are proved to be their sender's. */
export function toldAt({occasion, fleet}: TurnInput): Heard[] {
  const at = new Date(fleet.clock.now()).toISOString()
  const request: Heard[] =
    occasion.request === null
      ? []
      : [{kind: 'person', name: occasion.by ?? occasion.with ?? 'person', text: occasion.request, at}]
  const messages = occasion.news.flatMap((item): Heard[] => {
    if (item.kind !== 'message' || !item.message.trusted) return []
    const {from, subject, body} = item.message
    // Signed by a person of the fleet it is that person's word, wherever it was said.
    const kind = Object.hasOwn(fleet.home.config.people, from) ? 'person' : 'message'
    return [{kind, name: from, text: `${subject}\n${body}`, at}]
  })
  return [...messages, ...request]
}
