import type {Clock} from '../kit/clock.js'
import {EXIT, isUserError, UserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {newId} from '../kit/ids.js'
import {shorten} from '../kit/text.js'
import {type AgentEntry, type AgentSource, agentPaths, findAgent} from '../workspace/agents.js'
import type {Change} from '../workspace/change.js'
import {type Message, type Priority, parseMessage} from '../workspace/message-file.js'
import {messageFileName, messageTime} from './file-name.js'
import {signMessage} from './signature.js'

/** A message's whole file; a longer text belongs into a file of its own that the message names. */
export const MAX_MESSAGE_BYTES = 256 * 1024
const MAX_SUBJECT = 200

/** What a sender says; the bus adds id, time and signature. */
export interface Draft {
  readonly from: string
  readonly to: string
  readonly subject?: string | null
  readonly body: string
  readonly priority?: Priority
  /** The full id of the message this answers. */
  readonly re?: string | null
  readonly trace?: readonly string[]
  readonly hops?: number
  /** ISO time after which it is of no use. */
  readonly expires?: string | null
  /** Where text in it that nobody vouches for came from. */
  readonly taint?: string | null
}

export interface SendPlan {
  readonly message: Message
  readonly path: string
  readonly changes: Change[]
}

/** How a message is put on its way: `hold` lays it into held/ with that reason instead of into new/. */
export interface SendOptions {
  readonly clock: Clock
  readonly privateKey: string
  readonly hold?: string | null
}

/** One signed message into its recipient's inbox, as changes that nobody has made yet. */
export function planSend(home: AgentSource, draft: Draft, options: SendOptions): SendPlan {
  return planSendTo(findAgent(home, draft.to), draft, options)
}

/** The same for a recipient that is known to exist: for those who send many. */
export function planSendTo(
  recipient: AgentEntry,
  draft: Draft,
  {clock, privateKey, hold = null}: SendOptions,
): SendPlan {
  const {message, text} = signMessage(writeMessage(recipient, draft, clock), privateKey)
  const size = Buffer.byteLength(text)
  if (size > MAX_MESSAGE_BYTES) throw tooLong(size)
  const {inboxNew, held} = agentPaths(recipient)
  // A draft whose answer or expiry isn't one would be signed and then believed by nobody.
  parseMessage(text, `the message to ${recipient.name}`)
  const path = `${hold === null ? inboxNew : held}/${messageFileName(message)}`
  const changes: Change[] = [{kind: 'write', path, content: text, expect: null}]
  if (hold !== null) changes.push(reasonFile(path, hold))
  return {message, path, changes}
}

/** Lays a planned message down at once, without a commit: by way of tmp/, so that it is there whole or not at all. */
export function deliver(
  files: Folder,
  {recipient, changes}: {recipient: AgentEntry; changes: readonly Change[]},
): void {
  const {inboxTmp} = agentPaths(recipient)
  for (const change of changes) {
    if (change.kind === 'write') layDown(files, {path: change.path, content: change.content, inboxTmp})
  }
}

interface Letter {
  readonly path: string
  readonly content: string
  readonly inboxTmp: string
}

const prepared = new WeakMap<Folder, Set<string>>()

/** tmp/ is made, and seen not to be a link, once for all that a process sends; git takes empty folders away, then again. */
function layDown(files: Folder, letter: Letter): void {
  const {path, content, inboxTmp} = letter
  const known = prepared.get(files) ?? new Set<string>()
  const isPrepared = known.has(inboxTmp)
  if (!isPrepared) files.makeFolder(inboxTmp)
  prepared.set(files, known.add(inboxTmp))
  try {
    // Its name ends in a new id, so there is nothing it could write over.
    files.write(path, content, {staging: {dir: `${files.dir}/${inboxTmp}`}})
  } catch (error) {
    if (!isPrepared || !isUserError(error) || error.code !== 'FENCED') throw error
    prepared.delete(files)
    layDown(files, letter)
  }
}

/** The line beside a message that waits or is put aside: why. */
export function reasonFile(path: string, reason: string): Change {
  return {kind: 'write', path: reasonPath(path), content: `${oneLine(reason)}\n`, expect: undefined}
}

/** Where the reason for a message's being put aside stands. */
export function reasonPath(path: string): string {
  return path.replace(/(?:\.md)?$/, '.why')
}

function writeMessage(recipient: AgentEntry, draft: Draft, clock: Clock): Message {
  const now = clock.now()
  const body = withoutControls(draft.body)
  if (body.trim() === '') throw nothingToSay()
  return {
    id: newId({now: () => now}),
    from: draft.from,
    to: recipient.name,
    at: messageTime(now),
    subject: subjectOf(draft.subject ?? null, body),
    priority: draft.priority ?? 'normal',
    re: draft.re ?? null,
    trace: [...(draft.trace ?? [])],
    hops: draft.hops ?? 0,
    expires: draft.expires ?? null,
    taint: draft.taint ?? null,
    sig: null,
    body,
  }
}

function subjectOf(given: string | null, body: string): string {
  const subject = oneLine(given ?? '')
  if (subject !== '') return shorten(subject, MAX_SUBJECT)
  return shorten(oneLine(body.trim().split('\n')[0] ?? ''), 72)
}

/** As typed, less what could steer a terminal or end a line unseen; half a surrogate pair has no bytes to sign. */
function withoutControls(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
  return Buffer.from(lines).toString('utf8')
}

function oneLine(text: string): string {
  return withoutControls(text)
    .replace(/[\n\t\u2028\u2029]+/g, ' ')
    .trim()
}

function tooLong(size: number): UserError {
  return new UserError(
    `The message is ${Math.ceil(size / 1024)} KiB long; ${MAX_MESSAGE_BYTES / 1024} KiB is the most.`,
    {
      code: 'MESSAGE_TOO_LONG',
      fix: 'Put the text into a file of the fleet and send its path.',
      exit: EXIT.usage,
    },
  )
}

function nothingToSay(): UserError {
  return new UserError('The message is empty.', {
    code: 'MESSAGE_EMPTY',
    fix: 'mcos message send TO "text"',
    exit: EXIT.usage,
  })
}
