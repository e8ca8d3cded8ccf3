import type {Page} from '../alerts/delivery.js'
import {recordOf} from '../alerts/event-change.js'
import {questionLetter} from '../alerts/question-letter.js'
import type {NextQuestion} from '../alerts/questions.js'
import type {AlertCase} from '../alerts/read-alerts.js'
import {pagePerson} from './page-person.js'
import {recordAlert} from './record-alert.js'
import type {Surroundings} from './surroundings.js'

/** Puts a question to people; where nobody can be reached, that is recorded once. */
export async function pageQuestion(
  found: AlertCase,
  {dueAt, why}: NextQuestion,
  around: Surroundings,
): Promise<boolean> {
  const {alert, state} = found
  const {subject, body} = questionLetter(alert, {level: state.level, why})
  const trouble = whyNobody(around)
  if (trouble === null) {
    const key = keyOf(found, `${state.level}-asked`)
    const {isSent} = await pagePerson(pageOf(found, {key, title: subject, text: body}, around), around)
    // It waits in the outbox, and the next beat looks again.
    if (!isSent) return false
  }
  const to = trouble === null ? [around.fleet.home.config.page?.to ?? ''] : []
  const told = trouble === null ? why : `${why}; ${trouble}`
  return recordAlert(around.fleet, found, {
    event: recordOf(found, {by: alert.by, kind: 'ask', to, why: told, atMs: dueAt}),
    told: `${to[0] ?? 'nobody'} asked, ${told}`,
  })
}

/** Tells people that it is confirmed, once. */
export async function pageConfirmed(found: AlertCase, by: string, around: Surroundings): Promise<boolean> {
  const {alert, state} = found
  if (whyNobody(around) !== null) return false
  const {title, id, since, at, evidence} = alert
  const level = state.confirmed ?? state.level
  const text = [
    `Confirmed by ${state.confirmedBy.join(' and ')}, raised by ${alert.by}, since ${since ?? at}.`,
    ...evidence.slice(0, 6),
    `mcos alert show ${id.slice(0, 12)}`,
  ].join('\n')
  const key = keyOf(found, `${level}-confirmed`)
  const {isSent} = await pagePerson(pageOf(found, {key, title: `${level}: ${title}`, text}, around), around)
  if (!isSent) return false
  const to = around.fleet.home.config.page?.to ?? ''
  const yes = state.applied.findLast(({kind}) => kind === 'confirm')
  return recordAlert(around.fleet, found, {
    event: recordOf(found, {by, kind: 'page', to: [to], why: null, atMs: Date.parse(yes?.at ?? at) + 1}),
    told: `${to} paged, ${level} is confirmed`,
  })
}

function whyNobody({fleet}: Surroundings): string | null {
  const {page} = fleet.home.config
  if (!page) return 'nobody could be paged: mcos.yaml has no page:'
  return page.when.includes('alert') ? null : 'nobody was paged: page.when of mcos.yaml has no "alert"'
}

function keyOf({alert, state}: AlertCase, what: string): string {
  return `alert-${alert.id}-${what}-${state.claimedAt}`
}

function pageOf(
  {alert}: AlertCase,
  {key, title, text}: Pick<Page, 'key' | 'title' | 'text'>,
  {fleet}: Surroundings,
): Page {
  return {
    key,
    fleet: fleet.home.config.name,
    agent: alert.by,
    title,
    text,
    at: new Date(fleet.clock.now()).toISOString(),
  }
}
