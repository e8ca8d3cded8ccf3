import {NO_USAGE} from '../../engines/engine.js'
import {NO_FACTS} from '../../guard/action.js'
import type {LocalWrite} from '../../history/change-set.js'
import {newTurnId} from '../../kit/ids.js'
import {formatRecords} from '../../mail/ledger/format.js'
import {mailPaths} from '../../mail/ledger/paths.js'
import {type MailLedger, withRecords} from '../../mail/ledger/read.js'
import type {MailRecord, MailSeen} from '../../mail/ledger/record.js'
import type {Change} from '../../workspace/change.js'
import type {TurnPlan} from '../turn-plan.js'
import type {Chosen} from './ask-classifier.js'
import {forgetBegun, type Mark} from './begun.js'
import {type ActedOn, actionsLine, triageLines} from './log-lines.js'
import {memoriesOf, type ReadAccount} from './read-accounts.js'
import {renderDay} from './render-day.js'
import type {Tellings} from './tellings.js'
import type {TriageInput} from './triage-input.js'
import {newsOf, planUntoldMail} from './untold-mail.js'

export interface Committed {
  readonly commit: string | null
  readonly lines: readonly string[]
}

interface Result {
  readonly input: TriageInput
  readonly turn: string
  readonly date: string
  readonly accounts: readonly ReadAccount[]
  readonly seen: readonly MailSeen[]
  readonly records: readonly MailRecord[]
  readonly tellings: Tellings
  readonly chosen: Chosen | null
}

/** Everything that was found and told, as one commit; the cursors move once it is there. `ledger` has the records. */
export async function commitTriage(result: Result, ledger: MailLedger): Promise<Committed> {
  const {input, turn, accounts, records, tellings, chosen, date} = result
  const lines = triageLines(result)
  const changes = [...ledgerChanges(records, {input, ledger, date}), ...tellings.changes]
  const {commit} = await input.commit(planOf({turn, changes, lines, messages: tellings.messages, chosen}), [
    ...memoriesOf(accounts),
    ...untoldBy(result),
  ])
  return {commit, lines}
}

/** What was done in the mailboxes, or taken back there, as a commit of its own. */
export async function commitActions(
  {
    records,
    marks,
    actions,
  }: {
    readonly records: readonly MailRecord[]
    /** Marks that need nobody's attention once it is there. */
    readonly marks: readonly Mark[]
    readonly actions: readonly ActedOn[]
  },
  {input, ledger, date}: Where,
): Promise<Committed | null> {
  if (records.length === 0) return null
  const {fleet} = input
  const line = actionsLine(actions)
  const changes = ledgerChanges(records, {input, ledger: withRecords(ledger, date, records), date})
  const plan = planOf({turn: newTurnId(fleet.clock), changes, lines: [line], messages: [], chosen: null})
  const {commit} = await input.commit(plan, [])
  forgetBegun(fleet.mcos, marks)
  return {commit, lines: [line]}
}

interface Where {
  readonly input: Pick<TriageInput, 'fleet' | 'agent' | 'commit'>
  /** Before these records. */
  readonly ledger: MailLedger
  readonly date: string
}

/** Lines at the end of the day's ledger, and the page as it is with them. */
function ledgerChanges(
  records: readonly MailRecord[],
  {
    input: {fleet, agent},
    ledger,
    date,
  }: {readonly input: Pick<TriageInput, 'fleet' | 'agent'>; readonly ledger: MailLedger; readonly date: string},
): Change[] {
  if (records.length === 0) return []
  const paths = mailPaths(agent)
  const page = renderDay({fleet, agent, ledger, date})
  return [
    {kind: 'append', path: paths.ledger(date), text: formatRecords(records)},
    ...(page === null ? [] : [{kind: 'write' as const, path: paths.page(date), content: page}]),
  ]
}

/** A model, where one is on the route, hears at its next turn of what somebody has to think about. */
function untoldBy({input, seen, tellings}: Result): LocalWrite[] {
  const {fleet, agent, engines} = input
  if (!engines.some(({model}) => model !== null)) return []
  return planUntoldMail(
    fleet.mcos,
    agent.name,
    seen.filter(needsThought).map((mail) => newsOf(mail, tellings)),
  )
}

function needsThought({class: kind, urgency}: MailSeen): boolean {
  return kind === 'needs-reply' || (urgency >= 2 && kind !== 'suspicious')
}

function planOf({
  turn,
  changes,
  lines,
  messages,
  chosen,
}: Pick<TurnPlan, 'turn' | 'changes' | 'lines' | 'messages'> & {readonly chosen: Chosen | null}): TurnPlan {
  return {
    turn,
    changes,
    lines,
    messages,
    engine: chosen?.engine ?? 'rules',
    usage: chosen?.usage ?? NO_USAGE,
    answered: [],
    end: 'done',
    text: '',
    notes: [],
    passed: chosen?.passed ?? [],
    putAside: chosen?.putAside ?? [],
    failure: null,
    steps: [],
    facts: NO_FACTS,
  }
}
