import {preparsePolicySet, type Response, statefulIsAuthorized} from '@cedar-policy/cedar-wasm/nodejs'
import type {Effect, Law} from '../src/guard/action.js'
import {decide} from '../src/guard/decide.js'
import {drawLaw} from './cedar-laws.js'
import {policiesOf} from './cedar-policies.js'
import {type CedarContext, drawRequest} from './cedar-requests.js'
import {dice} from './dice.js'
import {type Torture, type TortureOptions, type TortureReport, Wrongs} from './torture.js'

/** Reading policies takes longer than asking them. */
const REQUESTS_PER_LAW = 100

/** Asks the guard and Cedar's own engine the same of `rounds` random actions under random laws; wrong is where they differ. */
export async function run({rounds, seed}: TortureOptions): Promise<TortureReport> {
  const chance = dice(seed)
  const wrongs = new Wrongs()
  const counts = {laws: 0, requests: 0, allow: 0, ask: 0, deny: 0, disagreements: 0}
  while (counts.requests < rounds) {
    const law = drawLaw(chance)
    prepare(policiesOf(law))
    counts.laws++
    for (let each = 0; each < REQUESTS_PER_LAW && counts.requests < rounds; each++) {
      const {action, facts, context} = drawRequest(chance)
      const verdict = decide(law, action, facts)
      const expected = askCedar(context)
      counts.requests++
      counts[expected]++
      if (verdict.effect === expected) continue
      counts.disagreements++
      wrongs.add(
        `Cedar ${expected}, guard ${verdict.effect} (${verdict.rule ?? verdict.reason}): ${tell(law, {action, facts})}`,
      )
    }
  }
  return {counts, wrong: wrongs.count, examples: wrongs.examples}
}

const SET = 'law'

function prepare(policies: Record<string, string>): void {
  const read = preparsePolicySet(SET, {staticPolicies: policies})
  if (read.type === 'failure')
    throw new Error(`Cedar can't read: ${JSON.stringify(read.errors)}\n${Object.values(policies).join('\n')}`)
}

/** What is allowed only after a person's yes is an ask; nobody's yes helps where a policy forbids that doesn't yield to it. */
function askCedar(context: CedarContext): Effect {
  const {decision, diagnostics} = answerTo({...context, approved: false})
  if (decision === 'allow') return 'allow'
  const isFinal = !diagnostics.reason.some((name) => name.startsWith('ask'))
  return isFinal || answerTo({...context, approved: true}).decision === 'deny' ? 'deny' : 'ask'
}

function answerTo(context: CedarContext): Response {
  const answer = statefulIsAuthorized({
    principal: {type: 'Agent', id: 'donna'},
    action: {type: 'Action', id: 'act'},
    resource: {type: 'Thing', id: 'target'},
    context,
    preparsedPolicySetId: SET,
    entities: [],
  })
  const errors = answer.type === 'failure' ? answer.errors : answer.response.diagnostics.errors
  // A policy that errs is passed over by Cedar: here that would be a fault of the translation.
  if (answer.type === 'failure' || errors.length > 0) throw new Error(`Cedar can't answer: ${JSON.stringify(errors)}`)
  return answer.response
}

function tell({agent, others, contract, rules}: Law, about: object): string {
  return JSON.stringify({...about, agent: agent.path, others: others.map(({path}) => path), contract, rules})
}

export const torture: Torture = {
  what: "random laws and actions, the guard's answer beside that of Cedar's engine",
  shortRounds: 50_000,
  longRounds: 1_000_000,
  run,
}
