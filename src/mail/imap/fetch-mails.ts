import type {FetchMessageObject, ImapFlow} from 'imapflow'
import type {Incoming} from '../mail.js'
import type {BrokenMail} from '../mailbox.js'
import {MOST_BYTES, parseMime} from '../parse/parse-mime.js'
import {formatKey, formatUids} from './uid-set.js'

/** Which mails, and of which numbering of their folder. */
export interface Wanted {
  readonly folder: string
  readonly uidValidity: string
  readonly uids: readonly number[]
}

/** What came, by UID; those that are in neither are no longer there. It fills while a fetch goes on, and keeps when one breaks. */
export interface Fetched {
  readonly mails: Map<number, Incoming>
  readonly broken: Map<number, BrokenMail>
}

const QUERY = {uid: true, internalDate: true, size: true, source: {start: 0, maxLength: MOST_BYTES}}

/**
 * Reads the mails of the folder that is open, all with one question and one after the other as they come. What the
 * server can't give together it is asked for one by one, so that a single bad mail holds up no other.
 */
export async function fetchMails(client: ImapFlow, wanted: Wanted, into: Fetched): Promise<void> {
  const missing = wanted.uids.filter((uid) => !into.mails.has(uid) && !into.broken.has(uid))
  const [first] = missing
  if (first === undefined) return
  try {
    for await (const message of client.fetch(formatUids(missing), QUERY, {uid: true})) await take(message, wanted, into)
  } catch (error) {
    const why = refusalOf(error)
    if (why === null) throw error
    if (missing.length === 1) into.broken.set(first, broken(wanted, {uid: first, received: null, why}))
    else for (const uid of missing) await fetchMails(client, {...wanted, uids: [uid]}, into)
  }
}

/** A command that the server refused, by its own words; null for what is another kind of trouble. */
function refusalOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('responseStatus' in error) || 'throttleReset' in error) return null
  const said = 'responseText' in error && typeof error.responseText === 'string' ? error.responseText : ''
  return said === '' ? 'the server does not give it' : `the server does not give it: ${said}`
}

async function take(message: FetchMessageObject, wanted: Wanted, {mails, broken: bad}: Fetched): Promise<void> {
  const {uid} = message
  // What wasn't asked for is news of another client's doing.
  if (!wanted.uids.includes(uid)) return
  const received = isoOf(message.internalDate)
  if (!message.source) {
    if (!mails.has(uid)) bad.set(uid, broken(wanted, {uid, received, why: 'the server gives it without a content'}))
    return
  }
  try {
    mails.set(uid, await toIncoming(message.source, message, {wanted, received}))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    bad.set(uid, broken(wanted, {uid, received, why}))
  }
}

async function toIncoming(
  source: Buffer,
  {uid, size}: FetchMessageObject,
  {wanted, received}: {wanted: Wanted; received: string | null},
): Promise<Incoming> {
  const isCut = source.length >= MOST_BYTES && size !== source.length
  const {head, parts} = await parseMime(source, {isCut})
  const ref = {folder: wanted.folder, key: formatKey(wanted.uidValidity, uid)}
  return {ref, received: received ?? head.date ?? new Date(0).toISOString(), head, parts}
}

function broken(
  {folder, uidValidity}: Wanted,
  {uid, received, why}: {uid: number; received: string | null; why: string},
): BrokenMail {
  return {ref: {folder, key: formatKey(uidValidity, uid)}, received, why}
}

function isoOf(date: Date | string | undefined): string | null {
  const ms = date === undefined ? Number.NaN : new Date(date).getTime()
  return Number.isNaN(ms) ? null : new Date(ms).toISOString()
}
