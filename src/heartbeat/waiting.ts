import type {TurnPlan} from '../turn/turn-plan.js'
import type {AgentReport} from './report.js'

/** What judgement had to wait for; null where it didn't. The two words are a promise to programs. */
export function waitingFor({end, answered}: Pick<TurnPlan, 'end' | 'answered'>): 'budget' | 'engines' | null {
  return answered.length === 0 && (end === 'budget' || end === 'engines') ? end : null
}

/** The failure by which "no engine left" is known from beat to beat. */
export const ENGINES_FAILED = 'ENGINES'

/** No engine left is a failure that a person should hear of; a budget that is spent is what it was set for. */
export function enginesFailure(plan: Pick<TurnPlan, 'end' | 'answered' | 'passed'>): AgentReport['error'] {
  if (waitingFor(plan) !== 'engines') return null
  return {
    code: ENGINES_FAILED,
    message: `No engine of the route gave an answer: ${plan.passed.join('; ')}`,
    suggestions: ['See what each engine says: mcos usage', 'Check the engines: mcos doctor'],
  }
}

/** A provider that is down says something else each time, and one that is put aside isn't asked again: by what it is known. */
const KINDS: Readonly<Record<string, string>> = {
  unauthorized: 'aside',
  spent: 'aside',
  overloaded: 'down',
  unreachable: 'down',
  silent: 'down',
  cut: 'down',
  'backing-off': 'down',
}

/** What "no engine left" is told by, and not again as long as it is the same: each engine with its kind of trouble. */
export function enginesTrouble(message: string): string {
  const troubles = [...message.matchAll(/(\S+) gave no answer \(([a-z-]+)\)/g)]
  return troubles.map(([, engine, why = '']) => `${engine} ${KINDS[why] ?? why}`).join(', ')
}
