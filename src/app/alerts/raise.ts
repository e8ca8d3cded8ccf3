import {speaksOfTime} from '../../alerts/time-words.js'
import {planSendTo} from '../../bus/send.js'
import {EXIT, UserError} from '../../kit/errors.js'
import {parseMoment} from '../../kit/moment.js'
import {cleanLine, shorten} from '../../kit/text.js'
import {checkClock} from '../../turn/alerts/live-clock.js'
import {planRaise, type RaiseFacts, type RaisePlan, type RaiseRequest} from '../../turn/alerts/plan-raise.js'
import {findAgent} from '../../workspace/agents.js'
import {UNKNOWN_ORIGIN} from '../../workspace/alert-origin.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {AlertLevel} from '../../workspace/soul.js'
import {passGate} from '../gate.js'
import {record} from '../record.js'
import {refuseSecrets} from '../refuse-secrets.js'
import {type ActsFor, findSpeaker, recordedAs, type SigningKey, type Speaker, signingKey} from '../speaker.js'
import {tendAfterwards} from './afterwards.js'
import {readEvidence} from './evidence.js'
import {openAlerts} from './open-alerts.js'

/** An alert as it was typed. */
export interface TypedAlert {
  readonly level: AlertLevel
  readonly title: string
  readonly evidence: readonly string[]
  /** A time as a person types it. */
  readonly since?: string | undefined
  readonly cwd: string
  readonly signal: AbortSignal
}

/** What became of an alert that was raised; the keys are a promise to programs. */
export interface RaisedAlert {
  readonly id: string
  /** new: an alert of its own; repeat: one line more in one that says the same; raise: that one at a higher level. */
  readonly kind: RaisePlan['kind']
  readonly level: AlertLevel
  readonly by: string
  /** The person who typed it for that agent. */
  readonly hand: string | null
  /** Agents who were asked. */
  readonly asked: readonly string[]
  /** Why nobody is asked; null: somebody is, or nobody needs to be. */
  readonly held: string | null
  /** What a live clock said; null: nothing about it speaks of time. */
  readonly clock: string | null
  readonly standing: string
  readonly path: string
  readonly turn: string
  readonly commit: string | null
}

/** Raises an alert as a commit of its own. What it claims above P3 reaches only who can confirm it. */
export async function raiseAlert(fleet: Fleet, typed: TypedAlert, actor: ActsFor): Promise<RaisedAlert> {
  const speaker = findSpeaker(fleet, actor)
  await passGate(fleet, actor, {verb: `alert.${typed.level}`, target: typed.title})
  const request = requestOf(fleet, typed, speaker)
  if (speaker.by === null && request.level !== 'P3' && request.evidence.length === 0) throw noEvidence(request.level)
  refuseSecrets(fleet, [{name: 'the alert', text: [request.title, ...request.evidence, request.body].join('\n')}])
  const live = speaksOfTime(request) ? await checkClock(fleet, {contract: null, signal: typed.signal}) : null
  const {cases, gates} = await openAlerts(fleet)
  const key = request.level === 'P3' ? null : signingKey(fleet, speaker)
  const send = senderOf(fleet, {speaker, key, origin: request.origin})
  const plan = planRaise(request, {clock: fleet.clock, cases, gates, live, send})
  const {turn, commit} = record(fleet, {
    subject: shorten(cleanLine(`${request.by} raises ${request.level}: ${request.title}`), 100),
    changes: [...(key?.changes ?? []), ...plan.changes],
    ...recordedAs(fleet, speaker),
  })
  if (plan.kind !== 'repeat') await tendAfterwards(fleet, plan.id, typed.signal)
  const {id, kind, level, asked, held, standing, folder} = plan
  const {by, hand} = request
  return {id, kind, level, by, hand, asked, held, clock: live?.text ?? null, standing, path: folder, turn, commit}
}

function requestOf(fleet: Fleet, typed: TypedAlert, speaker: Speaker): RaiseRequest {
  const title = cleanLine(typed.title)
  if (title === '') throw noTitle()
  const {lines, body} = readEvidence(typed.evidence, typed.cwd)
  return {
    by: speaker.name,
    hand: speaker.kind === 'agent' ? speaker.by : null,
    level: typed.level,
    title,
    evidence: lines,
    since: typed.since === undefined ? null : sinceOf(fleet, typed.since),
    origin: speaker.by === null ? [UNKNOWN_ORIGIN] : [],
    body,
  }
}

/** Nothing has been so since tomorrow. */
function sinceOf({home, clock}: Fleet, typed: string): string {
  const now = clock.now()
  const since = parseMoment(typed, home.config.timezone, now)
  if (since <= now) return new Date(since).toISOString().replace(/\.\d+Z$/, 'Z')
  throw new UserError(`"since" lies ahead: it is ${new Date(now).toISOString()} now.`, {
    code: 'USAGE',
    fix: 'Type a time that is over, such as 08:00 or 2026-11-21T08:00.',
    exit: EXIT.usage,
  })
}

function senderOf(
  fleet: Fleet,
  {
    speaker,
    key,
    origin,
  }: {readonly speaker: Speaker; readonly key: SigningKey | null; readonly origin: readonly string[]},
): RaiseFacts['send'] {
  return (to, letter) => {
    if (key === null) throw new Error('what is noted is sent to nobody')
    const taint = origin.length > 0 ? origin.join('; ') : null
    const draft = {from: speaker.name, to, taint, ...letter}
    const plan = planSendTo(findAgent(fleet.home, to), draft, {clock: fleet.clock, privateKey: key.privateKey})
    return {id: plan.message.id, changes: plan.changes}
  }
}

function noTitle(): UserError {
  return new UserError('The alert has no title.', {
    code: 'USAGE',
    fix: 'mcos alert raise P2 "what is wrong"',
    exit: EXIT.usage,
  })
}

function noEvidence(level: AlertLevel): UserError {
  return new UserError(`${level} needs evidence: what was seen, and where.`, {
    code: 'NO_EVIDENCE',
    fix: `mcos alert raise ${level} "title" --evidence "GET /health answered 503 three times"`,
    exit: EXIT.usage,
  })
}
