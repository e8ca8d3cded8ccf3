import type {TurnPlan} from '../turn/turn-input.js'
import {pagePerson} from './page-person.js'
import type {TurnFacts} from './prepare-turn.js'
import {enginesFailure} from './waiting.js'

/** Tells a person once of an engine that was put aside, and once a day of a route with no engine left. */
export async function pageEngines(plan: TurnPlan, {around, view}: Pick<TurnFacts, 'around' | 'view'>): Promise<void> {
  const {fleet} = around
  if (!fleet.home.config.page?.when.includes('engines')) return
  const at = new Date(fleet.clock.now()).toISOString()
  const page = {fleet: fleet.home.config.name, agent: view.agent.name, at}
  for (const {engine, identity, reason, detail} of plan.putAside) {
    const title = `${engine} is put aside: ${reason}`
    await pagePerson({...page, key: `engine-${identity}-${at.slice(0, 10)}`, title, text: detail}, around)
  }
  const failure = enginesFailure(plan)
  if (failure === null) return
  // Once a day for the machine: what fails for one agent mostly fails for all of them.
  const key = `engines-${fleet.host}-${at.slice(0, 10)}`
  await pagePerson({...page, key, title: 'No engine is left', text: failure.message}, around)
}
