import type {FetchMessageObject, ImapFlow} from 'imapflow'
import {cleanLine, shorten} from '../../kit/text.js'
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

/** Only the headers, for a mail that the server can't give whole. */
const HEAD_QUERY = {uid: true, internalDate: true, bodyParts: [{key: 'HEADER', start: 0, maxLength: MOST_BYTES}]}

/**
 * Reads the mails of the folder that is open, all with one question and one after the other as they come. What the
 * server won't give together it is asked for one by one, so that a single bad mail holds up no other. A server that
 * gives none of them has a trouble of its own.
 */
export async function fetchMails(client: ImapFlow, wanted: Wanted, into: Fetched): Promise<void> {
  try {
    await fetchInto(client, wanted, into)
  } catch (error) {
    if (refusalOf(error) === null || wanted.uids.length === 1) throw error
    const missing = wanted.uids.filter((uid) => !into.mails.has(uid) && !into.broken.has(uid))
    const refused = new Map<number, string>()
    for (const uid of missing) {
      const why = await refusalAt(client, {...wanted, uids: [uid]}, into)
      if (why !== null) refused.set(uid, why)
    }
    if (into.mails.size === 0) throw error
    for (const [uid, why] of refused) into.broken.set(uid, broken(wanted, {uid, received: null, why}))
  }
}

/** The last resort for one mail: its headers alone, or word of why there is nothing of it. */
export async function fetchHead(client: ImapFlow, wanted: Wanted, into: Fetched): Promise<void> {
  const [uid] = wanted.uids
  if (uid === undefined) return
  try {
    const message = await client.fetchOne(`${uid}`, HEAD_QUERY, {uid: true})
    if (!message) return
    const {headers} = message
    const received = isoOf(message.internalDate)
    if (!headers) into.broken.set(uid, broken(wanted, {uid, received, why: 'the server gives it without a content'}))
    else {
      const mail = await toIncoming(Buffer.concat([headers, Buffer.from('\r\n\r\n')]), message, {wanted, received})
      const trouble = 'the server gives no more of it than its headers'
      into.mails.set(uid, {...mail, parts: {...mail.parts, isCut: true, trouble}})
    }
  } catch (error) {
    const why = refusalOf(error)
    if (why === null) throw error
    into.broken.set(uid, broken(wanted, {uid, received: null, why}))
  }
}

async function fetchInto(client: ImapFlow, wanted: Wanted, into: Fetched): Promise<void> {
  if (wanted.uids.length === 0) return
  for await (const message of client.fetch(formatUids(wanted.uids), QUERY, {uid: true}))
    await take(message, wanted, into)
}

async function refusalAt(client: ImapFlow, wanted: Wanted, into: Fetched): Promise<string | null> {
  try {
    await fetchInto(client, wanted, into)
    return null
  } catch (error) {
    const why = refusalOf(error)
    if (why === null) throw error
    return why
  }
}

/** A command that the server refused for good, by its own words; null for what is another kind of trouble. */
function refusalOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('responseStatus' in error) || 'throttleReset' in error) return null
  const said = 'responseText' in error && typeof error.responseText === 'string' ? error.responseText : ''
  const code = 'serverResponseCode' in error ? error.serverResponseCode : ''
  if (code === 'UNAVAILABLE' || code === 'INUSE' || code === 'LIMIT') return null
  return said === '' ? 'the server does not give it' : `the server does not give it: ${shorten(cleanLine(said), 160)}`
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
    // Before it, the server may have told what another client had just flagged.
    bad.delete(uid)
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
