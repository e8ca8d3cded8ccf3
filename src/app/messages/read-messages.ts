import {BOXES, type Box} from '../../bus/boxes.js'
import type {InboxMessage, UnreadableFile} from '../../bus/inbox.js'
import {planDone, planQuarantine, planRead} from '../../bus/shelve.js'
import type {Trust} from '../../bus/verdict.js'
import {EXIT, UserError} from '../../kit/errors.js'
import {shellWord} from '../../kit/shell-word.js'
import {cleanLine, shorten} from '../../kit/text.js'
import type {Change} from '../../workspace/change.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {Priority} from '../../workspace/message-file.js'
import {passGate} from '../gate.js'
import {record} from '../record.js'
import {type ActsFor, findSpeaker, recordedAs} from '../speaker.js'
import {findMessage, inboxesFor, readInboxes} from './mailbox.js'

/** One message on one line of a list; `from` is only a claim where `verified` is false. */
export interface MessageRow {
  readonly id: string
  readonly agent: string
  readonly box: Box
  readonly from: string
  readonly to: string
  readonly at: string
  readonly subject: string
  readonly priority: Priority
  readonly re: string | null
  readonly verified: boolean
  readonly trust: Trust
  readonly reason: string | null
  readonly expired: boolean
  readonly path: string
}

export interface MessageList {
  /** Whose inboxes were looked into. */
  readonly agents: readonly string[]
  readonly messages: readonly MessageRow[]
  readonly unreadable: readonly UnreadableFile[]
}

export interface InboxChoice {
  readonly agent?: string | undefined
  readonly cwd?: string
  /** Finished, held and quarantined ones as well. */
  readonly all?: boolean
}

/** What lies unread or unfinished in an inbox, or with `all` everything; oldest first. */
export function listMessages(fleet: Fleet, choice: InboxChoice, actor: ActsFor): MessageList {
  return listBoxes(fleet, choice, {actor, boxes: choice.all ? BOXES : ['new', 'cur']})
}

/** Everything that waits for a person: what was held, and what isn't what it claims to be, also where nobody has put it aside yet. */
export function listHeld(fleet: Fleet, choice: InboxChoice, actor: ActsFor): MessageList {
  const list = listBoxes(fleet, choice, {actor, boxes: ['new', 'cur', 'held', 'quarantine']})
  const waiting = list.messages.filter(({box, verified}) => box === 'held' || box === 'quarantine' || !verified)
  return {...list, messages: waiting}
}

function listBoxes(
  fleet: Fleet,
  choice: InboxChoice,
  {actor, boxes}: {actor: ActsFor; boxes: readonly Box[]},
): MessageList {
  const agents = inboxesFor(fleet, {...choice, actor})
  const views = readInboxes(fleet, agents, boxes)
  return {
    agents: agents.map(({name}) => name),
    messages: views
      .flatMap(({messages, held, forged}) => [...messages, ...held, ...forged])
      .map(rowOf)
      .sort((one, other) => compare(one.at, other.at) || compare(one.id, other.id)),
    unreadable: views.flatMap(({unreadable}) => unreadable),
  }
}

export interface ShownMessage extends MessageRow {
  readonly body: string
  readonly trace: readonly string[]
  readonly hops: number
  readonly expires: string | null
  readonly taint: string | null
  /** Where it lay before, when reading it moved it. */
  readonly movedFrom: Box | null
  readonly commit: string | null
}

/** One message whole. It counts as read only when its owner reads it, or a person who takes it out of its hands. */
export async function readMessage(
  fleet: Fleet,
  {id, agent: owner, take}: {id: string; agent?: string | undefined; take: boolean},
  actor: ActsFor,
): Promise<ShownMessage> {
  const {agent, found} = findMessage(fleet, id, inboxesFor(fleet, {agent: owner, actor}))
  const isOwner = actor.kind === 'agent' && actor.name === agent.name
  const changes = isOwner || take ? planTaking(fleet, {agent, found, isOwner}) : []
  const moved = await moveMessage(fleet, {found, changes, verb: 'read', actor})
  const {body, trace, hops, expires, taint} = found.message
  return {...rowOf(found), ...moved, body, trace, hops, expires, taint}
}

/** What holds for whoever takes a message in hand: a forged one goes aside, a held one is let through by people only. */
function planTaking(
  fleet: Fleet,
  {agent, found, isOwner}: {agent: Parameters<typeof planRead>[0]; found: InboxMessage; isOwner: boolean},
): Change[] {
  if (!found.verified) return planQuarantine(fleet.home.files, agent, [found])
  if (isOwner && found.box !== 'new') return []
  return found.box === 'quarantine' ? [] : planRead(agent, found)
}

export interface FinishedMessage extends MessageRow {
  /** Where it lay before; null when it was finished already. */
  readonly movedFrom: Box | null
  readonly commit: string | null
}

/** Finishes a message; a second time changes nothing and says so. */
export async function finishMessage(
  fleet: Fleet,
  {id, agent: owner}: {id: string; agent?: string | undefined},
  actor: ActsFor,
): Promise<FinishedMessage> {
  const {agent, found} = findMessage(fleet, id, inboxesFor(fleet, {agent: owner, actor}))
  if (!found.verified && found.box !== 'done') throw notVerified(found)
  const changes = planDone(agent, found, fleet.clock.now())
  return {...rowOf(found), ...(await moveMessage(fleet, {found, changes, verb: 'done with', actor}))}
}

interface Moved {
  readonly box: Box
  readonly path: string
  readonly movedFrom: Box | null
  readonly commit: string | null
}

async function moveMessage(
  fleet: Fleet,
  {found, changes, verb, actor}: {found: InboxMessage; changes: readonly Change[]; verb: string; actor: ActsFor},
): Promise<Moved> {
  const move = changes.find((change) => change.kind === 'move')
  if (!move) return {box: found.box, path: found.path, movedFrom: null, commit: null}
  await passGate(fleet, actor, null)
  const subject = shorten(cleanLine(`${found.agent} ${verb} ${found.message.from}: ${found.message.subject}`), 100)
  const {commit} = await record(fleet, {
    subject,
    changes,
    ...recordedAs(fleet, findSpeaker(fleet, actor)),
    agent: found.agent,
  })
  return {box: boxOf(move.to), path: move.to, movedFrom: found.box, commit}
}

function boxOf(path: string): Box {
  if (path.includes('/done/')) return 'done'
  return path.includes('/quarantine/') ? 'quarantine' : 'cur'
}

function rowOf({id, agent, box, path, message, verified, trust, reason, expired}: InboxMessage): MessageRow {
  const {from, to, at, subject, priority, re} = message
  return {id, agent, box, from, to, at, subject, priority, re, verified, trust, reason, expired, path}
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function notVerified({id, path, reason}: InboxMessage): UserError {
  return new UserError(
    `Message ${id} is not what it claims to be (${reason ?? 'not verified'}), so nobody is done with it.`,
    {
      code: 'NOT_VERIFIED',
      fix: `mcos message read ${shellWord(id)} shows it; if it is of no use, remove ${shellWord(path)} and run mcos commit`,
      exit: EXIT.refused,
    },
  )
}
