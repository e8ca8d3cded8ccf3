import {deliverPage} from '../alerts/deliver.js'
import type {ToldReport} from '../mail/report.js'
import {deliverOptions} from './page-person.js'
import type {Surroundings} from './surroundings.js'

/** Sends the pages that a triage has recorded, now that its commit is there; one that fails is tried at the next beat. */
export async function pageTold(told: readonly ToldReport[], around: Surroundings): Promise<void> {
  const keys = new Set(told.filter(({kind}) => kind === 'channel').map(({as}) => as))
  const untried = [...keys].filter((key) => !around.pagesTried.has(key))
  for (const key of untried) around.pagesTried.add(key)
  await Promise.all(untried.map((key) => deliverPage(around.fleet.mcos, key, deliverOptions(around))))
}
