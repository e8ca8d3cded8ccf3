import {followOn, judgeEcho} from '../bus/echo.js'
import {countSentThisHour} from '../bus/rate.js'
import {type Draft, deliver, planSendTo, type SendPlan} from '../bus/send.js'
import {cleanLine, shorten} from '../kit/text.js'
import {type AgentEntry, findAgent} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import type {Priority} from '../workspace/message-file.js'
import {passGate} from './gate.js'
import {openFound, resolveId} from './messages/mailbox.js'
import {record} from './record.js'
import {refuseSecrets} from './refuse-secrets.js'
import {type ActsFor, findSpeaker, recordedAs, type SigningKey, type Speaker, signingKey} from './speaker.js'

export interface SendRequest {
  readonly to: string
  readonly text: string
  readonly subject?: string | undefined
  readonly priority?: Priority | undefined
  /** The beginning of the id of the message this answers. */
  readonly re?: string | undefined
  /** false for bulk: the file is laid down, and whoever commits next takes it along. */
  readonly commit: boolean
}

/** What became of a message that was sent. */
export interface SentMessage {
  readonly id: string
  readonly from: string
  /** The person whose hand it was; null when an agent sent it by itself. */
  readonly by: string | null
  readonly to: string
  readonly at: string
  readonly subject: string
  readonly priority: Priority
  readonly re: string | null
  readonly path: string
  /** `held` when it has to wait for a person: `reason` says why. */
  readonly box: 'new' | 'held'
  readonly reason: string | null
  readonly turn: string | null
  readonly commit: string | null
}

/** One message into another's inbox, signed by whoever speaks, as a commit of its own. */
export async function sendMessage(fleet: Fleet, request: SendRequest, actor: ActsFor): Promise<SentMessage> {
  const speaker = findSpeaker(fleet, actor)
  const recipient = findAgent(fleet.home, request.to)
  await passGate(fleet, actor, {verb: 'message', target: recipient.name})
  refuseSecrets(fleet, [
    {name: 'the text', text: request.text},
    {name: 'the subject', text: request.subject ?? ''},
  ])
  const key = signingKey(fleet, speaker)
  const draft = draftMessage(fleet, request, speaker)
  const hold = speaker.kind === 'agent' ? judgeSpeaker(fleet, recipient, draft) : null
  const plan = planSendTo(recipient, draft, {clock: fleet.clock, privateKey: key.privateKey, hold})
  const done = request.commit
    ? await commitSend(fleet, speaker, {plan, key})
    : await layDown(fleet, speaker, {plan, key, recipient})
  const {id, from, to, at, subject, priority, re} = plan.message
  const box = hold === null ? 'new' : 'held'
  return {id, from, by: speaker.by, to, at, subject, priority, re, path: plan.path, box, reason: hold, ...done}
}

/** An agent's answer stands where its question stood in the chain; a person's word begins a new one. */
function draftMessage(fleet: Fleet, {to, text, subject, priority, re}: SendRequest, speaker: Speaker): Draft {
  const id = re === undefined ? null : resolveId(fleet, re)
  const draft = {from: speaker.name, to, subject: subject ?? null, body: text, priority: priority ?? 'normal', re: id}
  const question = id !== null && speaker.kind === 'agent' ? openFound(fleet, id) : null
  if (question === null) return draft
  const {trace, hops, taint} = question.message
  // A word more on something one has sent oneself is no answer to oneself.
  return {...draft, taint, ...(question.agent === speaker.name ? followOn(question.message) : {trace, hops})}
}

function judgeSpeaker(fleet: Fleet, recipient: AgentEntry, {from, trace = [], hops = 0}: Draft): string | null {
  const sentThisHour = countSentThisHour(fleet.home.files, recipient, {from, now: fleet.clock.now()})
  return judgeEcho({from, to: recipient.name, trace, hops}, {sentThisHour})
}

interface Sending {
  readonly plan: SendPlan
  readonly key: SigningKey
}

interface Recorded {
  readonly turn: string | null
  readonly commit: string | null
}

async function commitSend(fleet: Fleet, speaker: Speaker, {plan, key}: Sending): Promise<Recorded> {
  const {from, to, subject} = plan.message
  return record(fleet, {
    subject: shorten(cleanLine(`${from} to ${to}: ${subject}`), 100),
    changes: [...key.changes, ...plan.changes],
    ...recordedAs(fleet, speaker),
  })
}

/** A key that is new to the fleet is committed all the same: it is what the messages are believed by. */
async function layDown(
  fleet: Fleet,
  speaker: Speaker,
  {plan, key, recipient}: Sending & {recipient: AgentEntry},
): Promise<Recorded> {
  if (key.changes.length > 0) await record(fleet, {subject: `key of ${speaker.name}`, changes: key.changes})
  deliver(fleet.home.files, {recipient, changes: plan.changes})
  return {turn: null, commit: null}
}
