import type {AlertCase} from '../../alerts/read-alerts.js'
import {makeChannelKey} from '../../guard/people/channel-key.js'
import type {OpenPerson} from '../../guard/people/open-person.js'
import {EXIT, UserError} from '../../kit/errors.js'
import {cleanLine, shorten} from '../../kit/text.js'
import {checkClock} from '../../turn/alerts/live-clock.js'
import {type AnswerRequest, needsClock, planAnswer} from '../../turn/alerts/plan-answer.js'
import type {AlertEvent} from '../../workspace/alert-file.js'
import {signedAnswer} from '../../workspace/alert-gates.js'
import {UNKNOWN_ORIGIN} from '../../workspace/alert-origin.js'
import type {AlertGates, AlertState} from '../../workspace/alert-standing.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {AlertLevel} from '../../workspace/soul.js'
import {passGate} from '../gate.js'
import {record} from '../record.js'
import {refuseSecrets} from '../refuse-secrets.js'
import {type ActsFor, recordedAs, type Speaker} from '../speaker.js'
import {tendAfterwards} from './afterwards.js'
import {findAlert, type OpenAlerts, openAlerts} from './open-alerts.js'

/** What somebody says to an alert, and how it came. */
export interface GivenWord {
  /** Of the alert, or the beginning of it. */
  readonly id: string
  readonly kind: AnswerRequest['kind']
  readonly why?: string | null | undefined
  readonly speaker: Speaker
  readonly actor: ActsFor
  /** `terminal`, or the person's way as `people:` has it, such as `telegram:777`: whoever hands it in has checked that it was that one. */
  readonly via: string
  /** Needed at a terminal for a P0: the person, opened by their passphrase. */
  readonly person?: OpenPerson | undefined
  readonly signal: AbortSignal
}

/** What became of it; the keys are a promise to programs. */
export interface AnsweredAlert {
  readonly id: string
  readonly kind: AnswerRequest['kind']
  readonly by: string
  readonly via: string | null
  readonly status: AlertState['status']
  readonly level: AlertLevel
  readonly confirmed: AlertLevel | null
  /** false: it is recorded and does not count; `reason` says why. */
  readonly counts: boolean
  readonly reason: string | null
  readonly title: string
  readonly commit: string | null
}

/** Says yes or no to an alert, or that it is over, as a commit; what may not be said is refused. */
export async function answerAlert(fleet: Fleet, given: GivenWord): Promise<AnsweredAlert> {
  const {kind, speaker, actor} = given
  const alerts = await openAlerts(fleet)
  const found = findAlert(alerts, given.id)
  await passGate(fleet, actor, {verb: kind === 'resolve' ? 'alert.P3' : 'alert.confirm', target: found.alert.id})
  refuseSecrets(fleet, [{name: 'the why', text: given.why ?? ''}])
  const plan = await planWord(fleet, found, {given, alerts})
  const {id, title} = found.alert
  const {commit} = record(fleet, {
    subject: shorten(
      cleanLine(`${speaker.name} says ${kind} to ${plan.before.level} ${id.slice(0, 12)}: ${title}`),
      100,
    ),
    changes: plan.changes,
    ...(speaker.kind === 'person' ? {by: speaker.name} : {}),
    ...recordedAs(fleet, speaker),
  })
  await tendAfterwards(fleet, id, given.signal)
  const {status, level, confirmed} = plan.after
  const via = speaker.kind === 'person' ? given.via : null
  const {refusal} = plan
  return {
    id,
    kind,
    by: speaker.name,
    via,
    status,
    level,
    confirmed,
    counts: refusal === null,
    reason: refusal,
    title,
    commit,
  }
}

/** Whether a person's yes to it has to be proved: a P0 takes a passphrase, or a channel that is registered as theirs. */
export async function needsProof(fleet: Fleet, {id, kind}: Pick<GivenWord, 'id' | 'kind'>): Promise<boolean> {
  return kind === 'confirm' && findAlert(await openAlerts(fleet), id).state.level === 'P0'
}

/** What would be refused whatever is typed is refused before anybody types a passphrase. */
export async function insistOnCountable(fleet: Fleet, given: Omit<GivenWord, 'person'>): Promise<void> {
  const alerts = await openAlerts(fleet)
  const found = findAlert(alerts, given.id)
  const {kind, speaker, via, why = null, signal} = given
  const isSaid = new Set(found.events.map(({id}) => id))
  // Of what is yet to be typed only the proof is taken for granted.
  const whyNotProved: AlertGates['whyNotProved'] = (event, alert) =>
    isSaid.has(event.id) ? alerts.gates.whyNotProved(event, alert) : null
  const gates = {...alerts.gates, whyNotProved}
  const live = needsClock(found, kind) ? await checkClock(fleet, {contract: null, signal}) : null
  planAnswer(found, {kind, by: speaker.name, via, origin: [], why}, {clock: fleet.clock, gates, live})
}

async function planWord(
  fleet: Fleet,
  found: AlertCase,
  {given, alerts}: {readonly given: GivenWord; readonly alerts: OpenAlerts},
): Promise<ReturnType<typeof planAnswer>> {
  const {kind, speaker, why = null, signal} = given
  const live = needsClock(found, kind) ? await checkClock(fleet, {contract: null, signal}) : null
  const isPerson = speaker.kind === 'person'
  const isProved = isPerson && kind === 'confirm' && found.state.level === 'P0'
  return planAnswer(
    found,
    {kind, by: speaker.name, via: isPerson ? given.via : null, origin: isPerson ? [] : [UNKNOWN_ORIGIN], why},
    {clock: fleet.clock, gates: alerts.gates, live, sign: isProved ? signerFor(fleet, given, found) : undefined},
  )
}

function signerFor(fleet: Fleet, {speaker, via, person}: GivenWord, {alert}: AlertCase): (event: AlertEvent) => string {
  if (via !== 'terminal') return (event) => makeChannelKey(fleet.mcos).sign(signedAnswer(event, alert))
  if (person?.name !== speaker.name) throw needsPassphrase(speaker.name)
  return (event) => person.sign(signedAnswer(event, alert))
}

function needsPassphrase(name: string): UserError {
  return new UserError(`A yes to P0 needs the passphrase of ${name}, typed at a terminal.`, {
    code: 'NEEDS_PASSPHRASE',
    fix: `mcos people setup ${name}`,
    exit: EXIT.refused,
  })
}
