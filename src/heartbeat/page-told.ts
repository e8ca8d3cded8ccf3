import {deliverPage} from '../alerts/deliver.js'
import type {ToldReport} from '../mail/report.js'
import {deliverOptions} from './page-person.js'
import type {Surroundings} from './surroundings.js'

/** Sends the pages that a triage has recorded, now that its commit is there. Answers who has not been reached yet: it is tried at the next beat. */
export async function pageTold(told: readonly ToldReport[], around: Surroundings): Promise<string[]> {
  const pages = new Map(told.filter(({kind}) => kind === 'channel').map(({as, to}) => [as, to]))
  const untried = [...pages].filter(([key]) => !around.pagesTried.has(key))
  for (const [key] of untried) around.pagesTried.add(key)
  const ends = await Promise.all(
    untried.map(async ([key, to]) => {
      const {outcome, detail} = await deliverPage(around.fleet.mcos, key, deliverOptions(around))
      return outcome === 'failed' ? [`${to} has not been reached yet: ${detail}`] : []
    }),
  )
  return [...new Set(ends.flat())]
}
