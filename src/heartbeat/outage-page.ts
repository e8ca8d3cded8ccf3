import {contentHash} from '../kit/hash.js'
import type {Sighting} from '../probes/read-all.js'
import type {Outage} from './beat-state.js'
import type {Course, OutageCase} from './outage-case.js'

/** The last look is taken this long before the page is due, so that the page leaves in time. */
const LAST_LOOK_MS = 10_000
/** The longest that a beat itself waits for an outage to last; longer waits are the next beat's. */
const LONGEST_WAIT_MS = 120_000

/** How long to wait before a person is paged; null when this beat pages nobody. */
export function pageWait({outage}: Pick<Course, 'outage'>, {facts}: OutageCase): number | null {
  const {page} = facts.around.fleet.home.config
  if (outage.page !== null || !page?.when.includes('outage')) return null
  const now = facts.around.fleet.clock.now()
  const rest = outage.since + page.afterMs - now
  if (rest <= 0) return 0
  return rest <= LONGEST_WAIT_MS ? Math.max(0, rest - LAST_LOOK_MS) : null
}

/** Tells the person that something is down or back. The key is kept with the outage: nobody hears of it twice. */
export async function pageAbout(
  what: 'outage' | 'back',
  {sighting, outage}: {sighting: Sighting; outage: Outage},
  {surveyed, facts}: OutageCase,
): Promise<{text: string; key: string | null}> {
  const {fleet} = facts.around
  const {name} = facts.view.agent
  const since = new Date(outage.since).toISOString()
  const key = `${what}-${name}-${contentHash(`${surveyed.check.id}\n${sighting.call.key}`).slice(7, 19)}-${outage.since}`
  const isDown = what === 'outage'
  const page = {
    key,
    fleet: fleet.home.config.name,
    agent: name,
    title: `${sighting.call.text} is ${isDown ? 'down' : 'back'}`,
    text: isDown ? downText(sighting, outage, since) : `${sighting.reading.detail}\nIt was down since ${since}.`,
    at: isDown ? since : new Date(fleet.clock.now()).toISOString(),
  }
  const {pagePerson} = await import('./page-person.js')
  const {text, isSent} = await pagePerson(page, facts.around)
  return {text, key: isSent ? key : null}
}

function downText({reading}: Sighting, {recovery}: Outage, since: string): string {
  return [
    reading.detail,
    `Down since ${since}.`,
    recovery ? `Recovery: ${recovery}` : 'There is no trusted recovery.',
  ].join('\n')
}
