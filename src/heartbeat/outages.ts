import {readStop} from '../guard/stop.js'
import type {Sighting} from '../probes/read-all.js'
import type {Outage} from './beat-state.js'
import type {Course, OutageCase, OutageReport, TendedCheck, TendFacts} from './outage-case.js'
import {pageAbout, pageWait} from './outage-page.js'
import {recoverOnce} from './recovery.js'
import {lookAgain, type SurveyedCheck} from './survey.js'

/** Deals with what is broken or back: recovery once an outage, a page when it lasts, a word when it is over. */
export async function tendOutages(surveyed: SurveyedCheck, facts: TendFacts): Promise<TendedCheck> {
  const at: OutageCase = {surveyed, facts, attempt: {running: null, refused: null}}
  const tended = await Promise.all(surveyed.sightings.map((sighting) => tendOne(sighting, at)))
  return {
    ...surveyed,
    sightings: tended.map(({sighting}) => sighting),
    outages: Object.fromEntries(tended.flatMap(({sighting, outage}) => (outage ? [[sighting.call.key, outage]] : []))),
    reports: tended.flatMap(({report}) => report ?? []),
  }
}

interface Tended {
  readonly sighting: Sighting
  readonly outage: Outage | null
  readonly report: OutageReport | null
}

async function tendOne(sighting: Sighting, at: OutageCase): Promise<Tended> {
  const known = at.surveyed.before.outages[sighting.call.key] ?? null
  if (sighting.reading.level === 'alert') return tendAlert(sighting, known, at)
  // A probe that can't run knows nothing: the outage is neither over nor new.
  if (sighting.reading.level === 'failed' || !known) return {sighting, outage: known, report: null}
  return tendReturn(sighting, known, at)
}

async function tendReturn(sighting: Sighting, known: Outage, at: OutageCase): Promise<Tended> {
  const page = known.page ? (await pageAbout('back', {sighting, outage: known}, at)).text : 'nobody had been paged'
  const {call, reading} = sighting
  return {
    sighting: {...sighting, status: 'changed', news: true},
    outage: null,
    report: {
      kind: 'back',
      probe: call.text,
      detail: reading.detail,
      recovery: null,
      isMended: true,
      page,
      since: known.since,
    },
  }
}

async function tendAlert(sighting: Sighting, known: Outage | null, at: OutageCase): Promise<Tended> {
  const now = at.facts.around.fleet.clock.now()
  const outage = known ?? {since: now, detail: sighting.reading.detail, recovery: null, page: null}
  const opened: Course = {sighting, outage, hasActed: !known, recovery: null, page: null}
  const recovered = isStopped(at) ? opened : await recoverOnce(opened, at)
  const waited = await waitForPage(recovered, at)
  return conclude(await pageOnce(waited, at))
}

async function waitForPage(course: Course, at: OutageCase): Promise<Course> {
  const waitMs = pageWait(course, at)
  if (!isDown(course) || !waitMs) return course
  await at.facts.around.sleep(waitMs)
  return {...course, sighting: await lookAgain(course.sighting, at)}
}

async function pageOnce(course: Course, at: OutageCase): Promise<Course> {
  if (!isDown(course) || isStopped(at) || pageWait(course, at) === null) return course
  at.facts.remember(at.surveyed.check.id, course.sighting.call.key, course.outage)
  const {text, key} = await pageAbout('outage', course, at)
  return {...course, page: text, outage: {...course.outage, page: key}, hasActed: course.hasActed || key !== null}
}

function conclude({sighting, outage, hasActed, recovery, page}: Course): Tended {
  const {call, reading} = sighting
  const isMended = reading.level === 'ok'
  const report: OutageReport = {
    kind: 'outage',
    probe: call.text,
    detail: isMended ? outage.detail : reading.detail,
    recovery,
    isMended,
    page: page ?? (outage.page ? 'paged before' : 'nobody was paged'),
    since: outage.since,
  }
  if (isMended) return {sighting: {...sighting, status: 'changed', news: true}, outage: null, report}
  const news = hasActed || sighting.news
  return {sighting: {...sighting, news}, outage, report: news ? report : null}
}

/** Read before every effect; a stop that falls into a beat holds at once. */
function isStopped({facts}: OutageCase): boolean {
  return readStop(facts.around.fleet.mcos, facts.view.agent.name) !== null
}

function isDown({sighting}: Course): boolean {
  return sighting.reading.level === 'alert'
}
