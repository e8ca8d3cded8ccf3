import {deliverPage} from '../alerts/deliver.js'
import type {ToldReport} from '../mail/report.js'
import {deliverOptions} from './page-person.js'
import type {Surroundings} from './surroundings.js'

/** Sends the pages that a triage has recorded, now that its commit is there; one that fails is tried at the next beat. */
export async function pageTold(told: readonly ToldReport[], around: Surroundings): Promise<void> {
  for (const {kind, as} of told) {
    if (kind !== 'channel' || around.pagesTried.has(as)) continue
    around.pagesTried.add(as)
    await deliverPage(around.fleet.mcos, as, deliverOptions(around))
  }
}
