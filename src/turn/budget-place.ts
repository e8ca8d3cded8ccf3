import type {BudgetPlace} from '../engines/budget/budget.js'
import {tighter} from '../engines/budget/ceilings.js'
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
      agent: tighter(budgets.agent, soul?.budget ?? null),
      engine: engines[engine]?.budget ?? null,
    },
  }
}
