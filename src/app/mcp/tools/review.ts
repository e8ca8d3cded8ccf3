import {type ReviewItem, review} from '../../review.js'
import type {ServedTool} from '../served-tool.js'

/** What of the agent's own waits for a person. To answer it is no tool's business. */
export const reviewList: ServedTool = {
  name: 'review_list',
  title: 'List what waits for a person',
  description:
    'What of yours waits for a person: approvals, proposals, held messages, questions of alerts. Only a person can answer; no tool does.',
  takes: {},
  hints: {readOnly: true},
  async call({desk}) {
    const {fleet, items} = await review(desk.fleet)
    const own = items.filter(({agent}) => agent === desk.agent.name).map(withoutClaims)
    return {value: {fleet, waiting: own.length, items: own}}
  },
}

/** A message that is held back says nothing to the agent before a person has looked at it. */
function withoutClaims(item: ReviewItem): ReviewItem {
  return item.kind === 'message' ? {...item, what: 'a message to you that a person has to look at first'} : item
}
