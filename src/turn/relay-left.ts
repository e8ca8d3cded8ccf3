import type {MessageNews, NewsItem} from '../engines/news.js'
import {rulesEngine} from '../engines/rules.js'
import {act} from './act.js'
import {rulesRequest} from './rules-turn.js'
import type {Session} from './session.js'
import {factsAfter} from './turn-facts.js'

/**
 * Urgent mail that the model has said nothing about goes on by rule, as it would without any model: nobody's silence
 * holds it up.
 */
export async function relayLeft({input, work, hands, effort}: Session): Promise<void> {
  if (!work.isFirst) return
  const touched = work.draft.touched()
  const isLeft = (item: NewsItem): item is MessageNews => {
    if (item.kind !== 'message' || !item.message.trusted || item.message.priority !== 'urgent') return false
    const found = input.inbox.messages.find(({id}) => id === item.message.id)
    return found !== undefined && !touched.has(found.path)
  }
  const news = input.occasion.news.filter(isLeft)
  if (news.length === 0) return
  const request = {...rulesRequest(input), news}
  const reply = await rulesEngine.reply(request, {signal: input.signal, onEvent: () => undefined})
  for (const call of reply.kind === 'answer' ? reply.calls : []) {
    if (call.tool !== 'message_relay') continue
    const outcome = await act(call, hands.tools, hands.contextFor(work, effort.facts))
    work.outcomes.push(outcome)
    effort.facts = factsAfter(effort.facts, outcome)
  }
}
