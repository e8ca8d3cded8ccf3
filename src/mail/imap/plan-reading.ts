import type {ImapFlow} from 'imapflow'
import type {ImapPlace} from '../cursor.js'
import {type ImapBox, openBox} from './imap-box.js'

/** A folder that there is something to be read in. */
export interface FolderNews {
  readonly folder: string
  /** Where the last reading ended; null: never read, or numbered anew since. */
  readonly known: ImapPlace | null
  readonly isReset: boolean
  /** About how many mails are new. */
  readonly count: number
}

/** What is to be read of a folder, in the order of its numbers. */
export interface Plan {
  readonly box: ImapBox
  readonly uids: readonly number[]
  readonly left: number
  readonly waiting: number
}

const DAY_MS = 24 * 60 * 60 * 1000
/** So many numbers are asked for without looking first which of them there are. */
const MOST_GUESSED = 50

/**
 * A first contact takes the newest of its window and leaves the rest for good. What comes later is taken from the
 * oldest on, and so is a folder that was numbered anew: what doesn't fit into this reading waits.
 */
export async function planReading(
  client: ImapFlow,
  {folder, known, isReset}: FolderNews,
  {share, since}: {readonly share: number; readonly since: number},
): Promise<Plan> {
  const box = await openBox(client, folder)
  if (known === null) {
    const found = box.mails === 0 ? [] : await searchSince(client, since)
    const uids = isReset ? found.slice(0, share) : found.slice(Math.max(found.length - share, 0))
    const waiting = isReset ? found.length - uids.length : 0
    return {box, uids, waiting, left: Math.max(box.mails - found.length, 0) + found.length - uids.length - waiting}
  }
  const found = await searchFrom(client, known.uidNext, box)
  const uids = found.slice(0, share)
  return {box, uids, waiting: found.length - uids.length, left: 0}
}

/** A server knows only days, and its own zone's: a day more is asked for, and what is too old left out once it is read. */
async function searchSince(client: ImapFlow, since: number): Promise<number[]> {
  const query = since < 2 * DAY_MS ? {all: true} : {since: new Date(since - DAY_MS)}
  return ascending(await client.search(query, {uid: true}))
}

async function searchFrom(client: ImapFlow, first: number, {uidNext}: ImapBox): Promise<number[]> {
  // Few numbers need no search: those that are gone are not answered for.
  const span = uidNext - first
  if (uidNext !== 0 && span <= MOST_GUESSED) return Array.from({length: Math.max(span, 0)}, (_, index) => first + index)
  // Asked for what lies behind its end, a server answers with its last mail.
  const found = ascending(await client.search({uid: `${first}:*`}, {uid: true}))
  return found.filter((uid) => uid >= first)
}

function ascending(found: number[] | false | undefined): number[] {
  if (!Array.isArray(found)) throw Object.assign(new Error('no answer to a search'), {code: 'SEARCH_REFUSED'})
  return found.sort((one, other) => one - other)
}
