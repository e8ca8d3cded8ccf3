import type {NewsItem} from '../engines/news.js'
import {formatCadence} from '../schedule/format.js'
import type {TendedCheck} from './outage-case.js'
import type {PlannedCheck} from './plan-due.js'
import type {CheckReport, CheckStatus} from './report.js'

export interface ReportFacts {
  readonly tended: readonly TendedCheck[]
  /** What is told now; news that waits out the quiet hours is told when they are over. */
  readonly news: readonly NewsItem[]
  readonly answered: ReadonlySet<string>
  readonly isQuiet: boolean
  /** Whether an engine that can judge is on the route. */
  readonly canJudge: boolean
  /** What each engine that gave no answer said. */
  readonly waiting: readonly string[]
}

/** Every section of the file, in its order, with where it stands. */
export function reportChecks(planned: readonly PlannedCheck[], facts: ReportFacts): CheckReport[] {
  return planned.map((one) => {
    const tended = facts.tended.find(({check}) => check.id === one.check.id)
    const {status, detail} = tended && tended.sightings.length > 0 ? seen(tended) : unseen(one, facts)
    return {
      ...sectionOf(one),
      status,
      news: facts.news.some(({check}) => check === one.check.id),
      detail,
      ms: tended?.ms ?? 0,
    }
  })
}

/** The same for a beat that looks at nothing, and why it doesn't. */
export function reportUnseen(planned: readonly PlannedCheck[], why: string): CheckReport[] {
  const nothing = {tended: [], news: [], answered: new Set<string>(), isQuiet: false, canJudge: false, waiting: []}
  return reportChecks(planned, nothing).map((report) =>
    report.due ? {...report, status: 'not-due', detail: `due, and not looked at: ${why}`} : report,
  )
}

/** The part of a report that is read from the file and the calendar alone. */
export function sectionOf({check, due, nextDue}: PlannedCheck): Omit<CheckReport, 'status' | 'news' | 'detail' | 'ms'> {
  return {
    id: check.id,
    title: check.title,
    line: check.line,
    kind: check.kind,
    cadence: formatCadence(check.cadence),
    cadence_line: check.cadenceLine,
    due,
    next_due: nextDue === null ? null : new Date(nextDue).toISOString(),
  }
}

/** A check is as its worst probe is. */
const WORST_FIRST = ['alert', 'failed', 'changed', 'same'] as const

function seen({sightings}: TendedCheck): {status: CheckStatus; detail: string} {
  const status = WORST_FIRST.find((candidate) => sightings.some((sighting) => sighting.status === candidate)) ?? 'same'
  const telling = sightings.filter((sighting) => sighting.status === status)
  return {
    status,
    detail: telling
      .map(({call, reading, news}) => `${call.text}: ${news || status === 'same' ? '' : 'still: '}${reading.detail}`)
      .join('; '),
  }
}

function unseen(
  {check, due, why}: PlannedCheck,
  {answered, isQuiet, canJudge, waiting}: ReportFacts,
): {status: CheckStatus; detail: string} {
  if (check.kind !== 'check') return {status: 'context', detail: why}
  if (check.off) return {status: 'off', detail: why}
  if (answered.has(check.id)) return {status: 'asked', detail: why}
  if (!due) return {status: 'not-due', detail: why}
  if (isQuiet) return {status: 'not-due', detail: 'it is quiet hours'}
  return {status: 'waiting-for-engine', detail: canJudge ? waitDetail(waiting) : 'no engine is set; it stays due'}
}

function waitDetail(waiting: readonly string[]): string {
  return waiting.length === 0 ? 'no engine answered; it stays due' : `it stays due: ${waiting.join('; ')}`
}
