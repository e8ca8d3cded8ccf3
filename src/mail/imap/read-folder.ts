import type {ImapPlace} from '../cursor.js'
import type {Batch} from '../mailbox.js'
import type {Wanted} from './fetch-mails.js'
import {fetchPatiently} from './fetch-patiently.js'
import type {ImapBox} from './imap-box.js'
import type {ImapLine} from './imap-line.js'
import {type FolderNews, planReading} from './plan-reading.js'
import type {Stumbles} from './stumbles.js'

/** A batch of one folder. */
export interface FolderBatch extends Omit<Batch, 'cursor'> {
  readonly place: ImapPlace
}

/** The first batch is small, so that little is lost when the line is cut early; later ones save round trips. */
const FIRST_BATCH = 50
const LARGEST_BATCH = 400

interface Limits {
  /** So many mails at most. */
  readonly share: number
  readonly since: number
  readonly stumbles: Stumbles
}

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

function placeAfter(
  last: number,
  {box, news: {known}, isWhole}: {box: ImapBox; news: FolderNews; isWhole: boolean},
): ImapPlace {
  const next = Math.max(last + 1, known?.uidNext ?? 1)
  return {uidValidity: box.uidValidity, uidNext: isWhole ? Math.max(box.uidNext, next) : next, modSeq: box.modSeq}
}
