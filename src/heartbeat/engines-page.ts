import {findPage} from '../alerts/outbox.js'
import type {TurnPlan} from '../turn/turn-plan.js'
import {pagePerson} from './page-person.js'
import type {TurnFacts} from './turn-facts.js'
import {enginesFailure} from './waiting.js'

/** Tells a person once of an engine that was put aside, and once a day of a route with no engine left. */
export async function pageEngines(plan: TurnPlan, {around, view}: Pick<TurnFacts, 'around' | 'view'>): Promise<void> {
  const {fleet} = around
  if (!fleet.home.config.page?.when.includes('engines')) return
  const at = new Date(fleet.clock.now()).toISOString()
  const page = {fleet: fleet.home.config.name, agent: view.agent.name, at}
  const failure = enginesFailure(plan)
  // Once a day for the machine: what fails for one agent mostly fails for all of them.
  const key = `engines-${fleet.host}-${at.slice(0, 10)}`
  const isFirst = failure !== null && findPage(fleet.mcos, key) === null
  // One page of one night: that nothing is left says of the last engine, too, why it was put aside.
  for (const {engine, identity, reason, detail} of isFirst ? [] : plan.putAside) {
    const title = `${engine} is put aside: ${reason}`
    await pagePerson({...page, key: `engine-${identity}-${at.slice(0, 10)}`, title, text: detail}, around)
  }
  if (failure === null) return
  const aside = isFirst ? plan.putAside.map(({engine}) => engine).join(', ') : ''
  const title = aside === '' ? 'No engine is left' : `No engine is left: put aside ${aside}`
  await pagePerson({...page, key, title, text: failure.message}, around)
}
