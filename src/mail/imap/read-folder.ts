import type {ImapFlow} from 'imapflow'
import type {ImapPlace} from '../cursor.js'
import type {Batch} from '../mailbox.js'
import {MailTrouble} from '../trouble.js'
import {type Fetched, fetchHead, fetchMails, type Wanted} from './fetch-mails.js'
import {type ImapBox, openBox} from './imap-box.js'
import type {ImapLine} from './imap-line.js'
import type {Stumbles} from './stumbles.js'

/** A folder that there is something to be read in. */
export interface FolderNews {
  readonly folder: string
  /** Where the last reading ended; null: never read, or numbered anew since. */
  readonly known: ImapPlace | null
  readonly isReset: boolean
  /** About how many mails are new. */
  readonly count: number
}

/** A batch of one folder. */
export interface FolderBatch extends Omit<Batch, 'cursor'> {
  readonly place: ImapPlace
}

interface Limits {
  readonly share: number
  readonly since: number
  readonly stumbles: Stumbles
}

/** What is to be read of a folder, in the order of its numbers. */
interface Plan {
  readonly box: ImapBox
  readonly uids: readonly number[]
  readonly left: number
  readonly waiting: number
}

const DAY_MS = 24 * 60 * 60 * 1000
/** The first batch is small, so that little is lost when the line is cut early; later ones save round trips. */
const FIRST_BATCH = 50
const LARGEST_BATCH = 400
/** So many readings may end at one mail before it is read by its headers alone. */
const MOST_STUMBLES = 3

/** Reads a folder's new mails upwards, each batch with a place that holds after it, also when the next one is cut. */
export async function* readFolder(line: ImapLine, news: FolderNews, limits: Limits): AsyncGenerator<FolderBatch> {
  const plan = await line.use((client) => planReading(client, news, limits))
  const {box, uids} = plan
  const since = news.known === null ? limits.since : 0
  const whole = plan.waiting === 0
  let {left} = plan
  let size = FIRST_BATCH
  for (let done = 0; done === 0 || done < uids.length; ) {
    const wanted: Wanted = {folder: news.folder, uidValidity: box.uidValidity, uids: uids.slice(done, done + size)}
    const {fetched, error, read} = await fetchPatiently(line, wanted, limits.stumbles)
    if (error !== null && read.length === 0) throw error
    done += read.length
    const isEnd = done >= uids.length
    const mails = read.flatMap((uid) => fetched.mails.get(uid) ?? [])
    const inWindow = mails.filter(({received}) => Date.parse(received) >= since)
    yield {
      mails: inWindow,
      broken: read.flatMap((uid) => fetched.broken.get(uid) ?? []),
      place: placeAfter(read.at(-1) ?? 0, {box, news, isWhole: isEnd && whole}),
      left: left + mails.length - inWindow.length,
      waiting: uids.length - done + plan.waiting,
      isReset: news.isReset,
    }
    if (error !== null) throw error
    if (isEnd) return
    left = 0
    size = Math.min(size * 2, LARGEST_BATCH)
  }
}

/**
 * A first contact takes the newest of its window and leaves the rest for good. What comes later is taken from the
 * oldest on, and so is a folder that was numbered anew: what doesn't fit into this reading waits.
 */
async function planReading(client: ImapFlow, news: FolderNews, {share, since}: Limits): Promise<Plan> {
  const {folder, known, isReset} = news
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
  if (uidNext !== 0 && span <= FIRST_BATCH) return Array.from({length: Math.max(span, 0)}, (_, index) => first + index)
  // Asked for what lies behind its end, a server answers with its last mail.
  const found = ascending(await client.search({uid: `${first}:*`}, {uid: true}))
  return found.filter((uid) => uid >= first)
}

function ascending(found: number[] | false | undefined): number[] {
  if (!Array.isArray(found)) throw Object.assign(new Error('no answer to a search'), {code: 'SEARCH_REFUSED'})
  return found.sort((one, other) => one - other)
}

interface Outcome {
  readonly fetched: Fetched
  readonly error: unknown
  /** As far as nothing is missing. */
  readonly read: readonly number[]
}

/** A mail at which one reading after the other ends keeps the rest from being read only so often. */
async function fetchPatiently(line: ImapLine, wanted: Wanted, stumbles: Stumbles): Promise<Outcome> {
  const outcome = await fetchBatch(line, wanted, fetchMails)
  const [first] = wanted.uids
  if (first === undefined || outcome.read.length > 0 || !isStumble(outcome.error)) return outcome
  if (stumbles.count(wanted, first) < MOST_STUMBLES) return outcome
  return fetchBatch(line, {...wanted, uids: [first]}, fetchHead)
}

function isStumble(error: unknown): boolean {
  return error instanceof MailTrouble && (error.kind === 'cut' || error.kind === 'protocol')
}

async function fetchBatch(line: ImapLine, wanted: Wanted, fetch: typeof fetchMails): Promise<Outcome> {
  const fetched: Fetched = {mails: new Map(), broken: new Map()}
  const {uids} = wanted
  if (uids.length === 0) return {fetched, error: null, read: uids}
  try {
    await line.use(async (client) => {
      await reopen(client, wanted)
      await fetch(client, wanted, fetched)
    })
    return {fetched, error: null, read: uids}
  } catch (error) {
    return {fetched, error, read: beforeTheGap(uids, fetched)}
  }
}

/** A line that was made again has no folder open. */
async function reopen(client: ImapFlow, {folder, uidValidity}: Wanted): Promise<void> {
  if (client.mailbox && client.mailbox.path === folder) return
  const box = await openBox(client, folder)
  if (box.uidValidity !== uidValidity) {
    throw Object.assign(new Error('numbered anew meanwhile'), {code: 'UIDVALIDITY_CHANGED'})
  }
}

/** Answers may come in any order: a place holds only up to the first mail that is missing. */
function beforeTheGap(uids: readonly number[], {mails, broken}: Fetched): readonly number[] {
  const gap = uids.findIndex((uid) => !mails.has(uid) && !broken.has(uid))
  return gap === -1 ? uids : uids.slice(0, gap)
}

function placeAfter(
  last: number,
  {box, news: {known}, isWhole}: {box: ImapBox; news: FolderNews; isWhole: boolean},
): ImapPlace {
  const next = Math.max(last + 1, known?.uidNext ?? 1)
  return {uidValidity: box.uidValidity, uidNext: isWhole ? Math.max(box.uidNext, next) : next, modSeq: box.modSeq}
}
