import type {NewsItem} from '../engines/news.js'
import {NO_FACTS, type TurnFacts} from '../guard/action.js'
import {isOutside, readsSecret} from '../guard/taint.js'
import type {Outcome} from './act.js'
import type {TurnInput} from './turn-input.js'

/** What a turn begins with: what its conversation has heard, and whose words from outside the news bring along. */
export function factsAtStart({facts = NO_FACTS, occasion}: Pick<TurnInput, 'facts' | 'occasion'>): TurnFacts {
  const told = occasion.news.flatMap((item) => taintOf(item) ?? [])
  return {...facts, taint: addNew(facts.taint, told)}
}

function taintOf(item: NewsItem): string | null {
  if (item.kind === 'approval') return item.taint
  if (item.kind === 'mail') return `mail from ${item.from}`
  return item.kind === 'message' && item.message.trusted ? item.message.taint : null
}

/** What one call more has brought in or done outside; one that was refused has done neither. */
export function factsAfter(facts: TurnFacts, {done, action}: Outcome): TurnFacts {
  if (done === null) return facts
  const secret = done.secret ?? (action !== null && readsSecret(action) ? action.target : undefined)
  const outside = action !== null && isOutside(action) ? [`${action.verb} ${action.target}`] : []
  return {
    ...facts,
    taint: addNew(facts.taint, [done.taint]),
    secrets: addNew(facts.secrets, [secret]),
    outside: addNew(facts.outside, [...outside, ...(done.outside ?? [])]),
  }
}

function addNew(known: readonly string[], found: readonly (string | undefined)[]): readonly string[] {
  const fresh = found.filter((one) => one !== undefined).filter((one) => !known.includes(one))
  return fresh.length === 0 ? known : [...known, ...new Set(fresh)]
}
