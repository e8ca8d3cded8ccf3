import {deliverPage, MOST_ATTEMPTS} from '../alerts/deliver.js'
import {listPages} from '../alerts/outbox.js'
import {isEscalationKey} from '../mail/escalate/key.js'
import type {ToldReport} from '../mail/report.js'
import {deliverOptions} from './page-person.js'
import type {Surroundings} from './surroundings.js'

/** Sends the pages that a triage has recorded, now that its commit is there. Answers who has not been reached yet: it is tried at the next beat. */
export async function pageTold(told: readonly ToldReport[], around: Surroundings): Promise<string[]> {
  const pages = new Map([
    ...leftBehind(around),
    ...told.flatMap(({kind, as, to}) => (kind === 'channel' ? [[as, to] as const] : [])),
  ])
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

/** What an earlier triage has recorded as told and was killed over. */
function leftBehind({fleet}: Pick<Surroundings, 'fleet'>): (readonly [key: string, to: string])[] {
  return listPages(fleet.mcos, ['pending', 'started', 'failed'])
    .filter(({page, attempts}) => isEscalationKey(page.key) && attempts < MOST_ATTEMPTS)
    .map(({page, channel}) => [page.key, channel])
}
