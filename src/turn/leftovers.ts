import type {InboxMessage} from '../bus/inbox.js'
import {planQuarantine, planRead} from '../bus/shelve.js'
import type {MessageNews} from '../engines/news.js'
import type {Change} from '../workspace/change.js'
import type {Draft} from './draft.js'
import {lineOfForged, nameMessage} from './tools/shelve-message.js'
import type {TurnInput} from './turn-input.js'

interface Leftovers {
  readonly changes: readonly Change[]
  readonly lines: readonly string[]
  /** Ids of what is moved. */
  readonly messages: readonly string[]
}

/**
 * What the engine was told of and didn't touch is read all the same, and a forgery put aside: the next beat doesn't
 * start over with it.
 */
export function planLeftovers(
  {fleet, agent, inbox, occasion}: Pick<TurnInput, 'fleet' | 'agent' | 'inbox' | 'occasion'>,
  draft: Draft,
): Leftovers {
  const touched = draft.touched()
  const told = new Set(
    occasion.news.filter((item): item is MessageNews => item.kind === 'message').map(({message}) => message.id),
  )
  const isLeft = ({id, box, path}: InboxMessage) => box === 'new' && told.has(id) && !touched.has(path)
  const read = inbox.messages.filter(isLeft)
  const forged = inbox.forged.filter(isLeft)
  return {
    changes: [...read.flatMap((found) => planRead(agent, found)), ...planQuarantine(fleet.home.files, agent, forged)],
    lines: [...read.map((found) => `message ${nameMessage(found)}`), ...forged.map(lineOfForged)],
    messages: [...read, ...forged].map(({id}) => id),
  }
}
