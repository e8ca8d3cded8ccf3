import type {GuardrailExample, GuardrailRule} from '../workspace/guardrail-file.js'
import {isAgentName} from '../workspace/names.js'
import {type Action, type Law, NO_FACTS, type TurnFacts} from './action.js'
import {speaks} from './guardrails.js'

/** An example that its rule doesn't bear out. */
export interface FailedExample {
  /** What the rule was to do: speak of it (`deny`), or not (`allow`). */
  readonly expected: 'deny' | 'allow'
  readonly example: GuardrailExample
}

/** The name of whoever an example leaves open. */
const SOMEBODY = 'somebody'

/** The examples of a rule that come out otherwise than they say. */
export function failedExamples(rule: GuardrailRule): FailedExample[] {
  const {deny, allow} = rule.examples
  const all = [
    ...deny.map((example) => ({expected: 'deny' as const, example})),
    ...allow.map((example) => ({expected: 'allow' as const, example})),
  ]
  return all.filter(({expected, example}) => isSpokenOf(rule, example) !== (expected === 'deny'))
}

function isSpokenOf(rule: GuardrailRule, example: GuardrailExample): boolean {
  return speaks(rule, actionOf(example), {law: lawOf(example), facts: factsOf(example)})
}

function actionOf({verb, target, content}: GuardrailExample): Action {
  return {verb, target, ...(content === null ? {} : {content})}
}

/** In examples every folder under workspaces/ belongs to the agent it is named after. */
function lawOf({agent, target}: GuardrailExample): Pick<Law, 'agent' | 'others'> {
  const name = agent ?? SOMEBODY
  const [, owner = ''] = /^workspaces\/([^/]+)/i.exec(target) ?? []
  const other = owner.toLowerCase()
  return {agent: placeOf(name), others: isAgentName(other) && other !== name ? [placeOf(other)] : []}
}

function placeOf(name: string): Law['agent'] {
  return {name, path: `workspaces/${name}`}
}

/** What an example doesn't name isn't so. */
function factsOf({state}: GuardrailExample): TurnFacts {
  return {
    ...NO_FACTS,
    taint: state.includes('tainted') ? ['https://example.com/'] : [],
    secrets: state.includes('secret') ? ['SOME_SECRET'] : [],
    isClockChecked: !state.includes('clock-unchecked'),
  }
}
