import type {BudgetPlace} from '../engines/budget/budget.js'
import type {Budget} from '../workspace/config.js'
import type {TurnInput} from './turn-input.js'

/** Which ceilings hold for this agent on this engine: a contract may say less than the fleet allows each agent. */
export function budgetPlace({fleet, soul}: Pick<TurnInput, 'fleet' | 'soul'>, engine: string): BudgetPlace {
  const {mcos, clock, home} = fleet
  const {budgets, engines, timezone} = home.config
  return {
    mcos,
    clock,
    zone: timezone,
    ceilings: {
      fleet: budgets.fleet,
      agent: lower(budgets.agent, soul?.budget ?? null),
      engine: engines[engine]?.budget ?? null,
    },
  }
}

function lower(one: Budget | null, other: Budget | null): Budget | null {
  if (!one || !other) return one ?? other
  return {
    usdPerDay: least(one.usdPerDay, other.usdPerDay),
    tokensPerDay: least(one.tokensPerDay, other.tokensPerDay),
    turnsPerDay: least(one.turnsPerDay, other.turnsPerDay),
  }
}

function least(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other)
}
