import type {Book} from '../../engines/budget/book.js'
import {countedIn, type Part, tighter} from '../../engines/budget/ceilings.js'
import {isUserError} from '../../kit/errors.js'
import {type AgentEntry, agentPaths, listAgents} from '../../workspace/agents.js'
import type {Budget} from '../../workspace/config.js'
import type {Fleet} from '../../workspace/fleet.js'

/** What is used of one ceiling today on this machine; `held` is set apart for calls under way. */
export interface BudgetShare {
  readonly whose: 'fleet' | 'agent' | 'engine'
  readonly name: string
  readonly unit: 'usd' | 'tokens' | 'turns'
  readonly used: number
  readonly held: number
  readonly ceiling: number
}

/** Every ceiling that is set: the fleet's, each agent's and each engine's. */
export async function budgetShares(fleet: Fleet, book: Book | null): Promise<BudgetShare[]> {
  const {config} = fleet.home
  const shares = sharesOf(config.budgets.fleet, {whose: 'fleet', name: config.name, book, part: {}})
  for (const agent of listAgents(fleet.home)) {
    const ceiling = tighter(config.budgets.agent, await ownBudget(fleet, agent))
    shares.push(...sharesOf(ceiling, {whose: 'agent', name: agent.name, book, part: {agent: agent.name}}))
  }
  for (const [engine, {budget}] of Object.entries(config.engines)) {
    shares.push(...sharesOf(budget, {whose: 'engine', name: engine, book, part: {engine}}))
  }
  return shares
}

interface Owner extends Pick<BudgetShare, 'whose' | 'name'> {
  readonly book: Book | null
  readonly part: Part
}

function sharesOf(ceiling: Budget | null, {whose, name, book, part}: Owner): BudgetShare[] {
  if (!ceiling) return []
  const none = {usd: 0, tokens: 0, turns: 0}
  const {used, open} = book ? countedIn(book, part) : {used: none, open: none}
  const limits = [
    ['usd', ceiling.usdPerDay],
    ['tokens', ceiling.tokensPerDay],
    ['turns', ceiling.turnsPerDay],
  ] as const
  return limits.flatMap(([unit, limit]) =>
    limit === null ? [] : [{whose, name, unit, used: used[unit], held: open[unit], ceiling: limit}],
  )
}

/** A contract that can't be read says nothing here; its agent's own beats tell of it. */
async function ownBudget({home, cache}: Fleet, agent: AgentEntry): Promise<Budget | null> {
  const file = agentPaths(agent).soul
  try {
    const text = home.files.readText(file)
    if (text === null) return null
    const parse = async () => (await import('../../workspace/parse-soul.js')).parseSoul(text, file)
    return (await cache.get('soul', text, parse)).budget
  } catch (error) {
    if (isUserError(error)) return null
    throw error
  }
}
