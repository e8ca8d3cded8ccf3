import type {EngineRequest, Prompt} from '../engines/engine.js'
import type {Judge} from './asking.js'
import type {Session} from './session.js'
import {conversationOf} from './work.js'

/** One request as the port has it: values for rules, text for models, a place to work in for programs. */
export function requestFor(
  {input, hands, work}: Session,
  judge: Judge,
  {prompt, limitUsd}: {prompt: Prompt; limitUsd: number},
): EngineRequest {
  const {agent, soul, occasion} = input
  const last = conversationOf(work).findLast((step) => step.kind === 'answer')
  return {
    agent: agent.name,
    turn: work.turn,
    reportsTo: soul?.reportsTo ?? null,
    news: occasion.news,
    questions: occasion.questions,
    session: last?.session?.engine === judge.name ? last.session.id : null,
    limitUsd: judge.model.billing === 'subscription' ? null : limitUsd,
    prompt: async () => prompt,
    workFolder: () => hands.workFolder(work),
  }
}
