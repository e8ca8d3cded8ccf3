import {isUserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {contentHash} from '../kit/hash.js'
import type {AgentEntry} from '../workspace/agents.js'
import type {Message} from '../workspace/message-file.js'
import {BOXES, type Box, type Listed, listBox, wasShelved} from './boxes.js'
import {idInFileName} from './file-name.js'
import {type Keyring, openKeyring} from './keyring.js'
import {MAX_MESSAGE_BYTES, reasonPath} from './send.js'
import {judgeMessage, type Trust, type Verdict} from './verdict.js'

export interface InboxMessage {
  /** What a person types: the message's own id, or the file's name where it has none. */
  readonly id: string
  /** Whose inbox it lies in. */
  readonly agent: string
  readonly box: Box
  /** From the home. */
  readonly path: string
  readonly message: Message
  readonly trust: Trust
  readonly verified: boolean
  /** Why it is not verified, is held or was put aside; null where nothing is wrong with it. */
  readonly reason: string | null
  /** The file beside it that holds the reason, with its hash; null where there is none. */
  readonly reasonFile: {readonly path: string; readonly hash: string} | null
  /** Its time has passed: shown, and no longer acted on. */
  readonly expired: boolean
}

/** Something in an inbox that can't be read as a message at all. */
export interface UnreadableFile {
  readonly agent: string
  readonly box: Box
  readonly path: string
  readonly reason: string
}

export interface InboxView {
  readonly agent: string
  /** Verified and in new/, cur/ or done/: the only ones that anybody may act on. */
  readonly messages: readonly InboxMessage[]
  /** Waiting in held/ for a person. */
  readonly held: readonly InboxMessage[]
  /** Not what they claim to be, wherever they lie, and everything in quarantine/. */
  readonly forged: readonly InboxMessage[]
  readonly unreadable: readonly UnreadableFile[]
}

export interface InboxOptions {
  readonly now: number
  readonly boxes?: readonly Box[]
  /** Shared by those who read many inboxes. */
  readonly keyring?: Keyring
}

/** Everything in an agent's inbox, each message with who it is really from. Junk is listed, never thrown. */
export function readInbox({files}: {files: Folder}, agent: AgentEntry, options: InboxOptions): InboxView {
  const {now, boxes = BOXES, keyring = openKeyring(files)} = options
  const judging = {agent, keyring, now}
  const found = boxes.flatMap((box) => listBox(files, agent, box)).map((listed) => readListed(files, listed, judging))
  const readable = found.filter((one): one is InboxMessage => 'message' in one)
  return {
    agent: agent.name,
    messages: readable.filter(({box, verified}) => verified && box !== 'held' && box !== 'quarantine'),
    held: readable.filter(({box, verified}) => verified && box === 'held'),
    forged: readable.filter(({box, verified}) => !verified || box === 'quarantine'),
    unreadable: found.filter((one): one is UnreadableFile => !('message' in one)),
  }
}

/** One entry of an inbox, opened: for those who know which one they want. */
export function readEntry(
  {files}: {files: Folder},
  {agent, listed, now}: {agent: AgentEntry; listed: Listed; now: number},
): InboxMessage | UnreadableFile {
  return readListed(files, listed, {agent, keyring: openKeyring(files), now})
}

interface Judging {
  readonly agent: AgentEntry
  readonly keyring: Keyring
  readonly now: number
}

function readListed(files: Folder, listed: Listed, judging: Judging): InboxMessage | UnreadableFile {
  const {agent, box, path, trouble} = listed
  if (trouble !== null) return {agent, box, path, reason: trouble}
  try {
    const bytes = files.read(path, {maxBytes: MAX_MESSAGE_BYTES})
    // Moved away since it was listed, by its owner: nothing to tell.
    if (bytes === null) return {agent, box, path, reason: 'it was moved meanwhile'}
    const mtimeMs = files.stat(path)?.mtimeMs ?? judging.now
    const verdict = judgeMessage(bytes, {owner: agent, file: listed.file, path, mtimeMs}, judging.keyring)
    return describe(files, listed, {verdict, judging})
  } catch (error) {
    if (!isUserError(error)) throw error
    return {agent, box, path, reason: error.message}
  }
}

function describe(
  files: Folder,
  {agent, box, path, file}: Listed,
  {verdict, judging}: {verdict: Verdict; judging: Judging},
): InboxMessage {
  const {message} = verdict
  const isReplay =
    box === 'new' &&
    verdict.trust === 'verified' &&
    wasShelved(files, judging.agent, {file, sent: Date.parse(message.at)})
  const trust = isReplay ? 'forged' : verdict.trust
  const noted = box === 'held' || box === 'quarantine' ? readReason(files, path) : null
  return {
    id: entryId(file),
    agent,
    box,
    path,
    message: trust === 'verified' ? message : {...message, taint: 'unverified'},
    trust,
    verified: trust === 'verified',
    reason: noted?.text.trim() || (isReplay ? 'it was read before: the same message a second time' : verdict.reason),
    reasonFile: noted && {path: noted.path, hash: contentHash(noted.text)},
    expired: message.expires !== null && !(Date.parse(message.expires) > judging.now),
  }
}

/** What a person types to mean the file of that name: the id in it, or the name itself. */
export function entryId(file: string): string {
  return idInFileName(file) ?? file.replace(/\.md$/, '')
}

/** What whoever put it aside left beside it; its absence is no news. */
function readReason(files: Folder, messagePath: string): {path: string; text: string} | null {
  const path = reasonPath(messagePath)
  try {
    const text = files.readText(path, {maxBytes: 4096})
    return text === null ? null : {path, text}
  } catch (error) {
    if (!isUserError(error)) throw error
    // A link or a folder in its place gives no reason; the message is where it is all the same.
    return null
  }
}
