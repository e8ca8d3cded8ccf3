import {type Action, NO_FACTS, type TurnFacts} from '../../src/guard/action.js'
import {decide} from '../../src/guard/decide.js'
import {isOutside, readsSecret} from '../../src/guard/taint.js'
import {actionsOf} from './actions.js'
import {lawOf} from './fleet.js'

/** Twenty agents as somebody with twenty agents has them: more who read and sort than who build. */
const FLEET = {orchestrator: 1, security: 1, comms: 6, operations: 4, engineer: 2, main: 5, blank: 1}
/** 07:00 to 21:30 in half hours. */
const BEATS = 30
/** What of a day's beats has news, and how much is done in one. */
const NEWS = 0.4
const ACTIONS_A_BEAT = 6

export interface DayOfAsking {
  readonly agents: number
  readonly turns: number
  readonly actions: number
  readonly asks: readonly string[]
  readonly denials: readonly string[]
}

/** A working day of the whole fleet: every turn hears and does several ordinary things one after the other. */
export function liveThroughDay(day: number): DayOfAsking {
  const names = Object.entries(FLEET).flatMap(([role, count]) =>
    Array.from({length: count}, (_, place) => ({role, name: place === 0 ? role : `${role}-${place + 1}`})),
  )
  const asks: string[] = []
  const denials: string[] = []
  let [turns, actions] = [0, 0]
  for (const [place, {role, name}] of names.entries()) {
    const law = lawOf(
      role,
      name,
      names.map((other) => other.name),
    )
    // Each thing comes up in its turn, those of two agents of one role at different times.
    const plan = actionsOf(role, law.agent.path)
    let next = place * 31 + day * 53
    for (let beat = 0; beat < BEATS; beat++) {
      if (Math.floor((beat + place) * NEWS) === Math.floor((beat + place - 1) * NEWS)) continue
      turns++
      let facts: TurnFacts = NO_FACTS
      for (let each = 0; each < ACTIONS_A_BEAT; each++) {
        next += 7
        const action = plan[next % plan.length]
        if (!action) throw new Error(`${role} does nothing`)
        actions++
        const {effect, rule, reason} = decide(law, action, facts)
        const told = `${name}: ${action.verb} ${action.target}: ${rule ?? reason}`
        if (effect === 'ask') asks.push(told)
        if (effect === 'deny') denials.push(told)
        if (effect === 'allow') facts = after(facts, action)
      }
    }
  }
  return {agents: names.length, turns, actions, asks, denials}
}

function after(facts: TurnFacts, action: Action): TurnFacts {
  const isReached = isOutside(action)
  return {
    ...facts,
    taint: action.verb === 'fetch' ? [...facts.taint, action.target] : facts.taint,
    secrets: readsSecret(action) ? [...facts.secrets, action.target] : facts.secrets,
    outside: isReached ? [...facts.outside, `${action.verb} ${action.target}`] : facts.outside,
  }
}
