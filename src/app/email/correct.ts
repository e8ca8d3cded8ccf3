import {contentHash} from '../../kit/hash.js'
import {newTurnId} from '../../kit/ids.js'
import {waitForLock} from '../../kit/lock.js'
import {planCorrection} from '../../mail/classify/plan-correction.js'
import {URGENCY_OF} from '../../mail/classify/rules/apply-rules.js'
import {formatRecords} from '../../mail/ledger/format.js'
import {mailPaths} from '../../mail/ledger/paths.js'
import {localDate, withRecords} from '../../mail/ledger/read.js'
import type {CorrectionRecord} from '../../mail/ledger/record.js'
import {pageOf} from '../../mail/page/render-page.js'
import type {CorrectReport} from '../../mail/report.js'
import type {MailClass, Urgency} from '../../mail/verdict.js'
import {agentPaths} from '../../workspace/agents.js'
import type {Change} from '../../workspace/change.js'
import type {Fleet} from '../../workspace/fleet.js'
import {record} from '../record.js'
import {personHere} from '../speaker.js'
import {type FoundMail, findMail} from './find-mail.js'

/** What a person says a mail is. */
export interface CorrectRequest {
  /** The beginning of its id. */
  readonly id: string
  readonly class: MailClass
  /** null: what a mail of this class usually is. */
  readonly urgency: Urgency | null
}

/** A person's word on one mail: a rule that outranks every model, a line of the ledger and the pages, as one commit. */
export function correctMail(fleet: Fleet, request: CorrectRequest): CorrectReport {
  const {agent} = findMail(fleet, request.id, {kind: 'person'})
  // A triage would write the same page from a ledger without this line.
  const lock = waitForLock(fleet.mcos, agent.name, {clock: fleet.clock})
  try {
    return correct(fleet, request, findMail(fleet, request.id, {kind: 'person'}))
  } finally {
    lock.release()
  }
}

function correct(fleet: Fleet, request: CorrectRequest, {agent, ledger, entry}: FoundMail): CorrectReport {
  const {home, clock} = fleet
  const {seen, correctedBy} = entry
  const date = localDate(clock.now(), home.config.timezone)
  const is = {class: request.class, urgency: request.urgency ?? URGENCY_OF[request.class]}
  const was = {class: entry.class, urgency: entry.urgency}
  const {mailRules: file} = agentPaths(agent)
  const before = home.files.readText(file)
  const after = planCorrection(before, seen, {...is, on: date})
  const rule = after === (before ?? '') ? null : addedLine(before ?? '', after)
  const answer = {id: seen.id, from: seen.from, subject: seen.subject, was, is, rule, file}
  const isKnown = correctedBy !== null && was.class === is.class && was.urgency === is.urgency
  if (rule === null && isKnown) return {...answer, commit: null}
  const turn = newTurnId(clock)
  const at = new Date(clock.now()).toISOString()
  const line: CorrectionRecord = {kind: 'corrected', at, turn, id: seen.id, ...is, by: personHere(home)}
  const learned: Change = {
    kind: 'write',
    path: file,
    content: after,
    expect: before === null ? null : contentHash(before),
  }
  const {commit} = record(fleet, {
    subject: `${agent.name} mail: ${seen.id} is ${is.class}, a person says`,
    changes: [...(rule === null ? [] : [learned]), ...(isKnown ? [] : written(fleet, {agent, ledger, date}, line))],
    agent: agent.name,
    turn,
  })
  return {...answer, commit}
}

/** One line more in the day's ledger, and the page that is made of it. */
function written(
  {home}: Fleet,
  {agent, ledger, date}: Pick<FoundMail, 'agent' | 'ledger'> & {readonly date: string},
  line: CorrectionRecord,
): Change[] {
  const {timezone: zone, mail} = home.config
  const accounts = Object.keys(mail.accounts).filter((name) => mail.accounts[name]?.agent === agent.name)
  const page = pageOf(withRecords(ledger, date, [line]), {date, zone, accounts})
  const paths = mailPaths(agent)
  return [
    {kind: 'append', path: paths.ledger(date), text: formatRecords([line])},
    ...(page === null ? [] : [{kind: 'write' as const, path: paths.page(date), content: page}]),
  ]
}

/** The line by which a text has grown. */
function addedLine(before: string, after: string): string | null {
  const known = new Set(before.split('\n'))
  const added = after.split('\n').filter((line) => !known.has(line) && line.trim() !== '' && !line.startsWith('#'))
  return added.at(-1) ?? null
}
