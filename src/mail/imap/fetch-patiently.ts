import type {ImapFlow} from 'imapflow'
import {MailTrouble} from '../trouble.js'
import {type Fetched, fetchHead, fetchMails, type Wanted} from './fetch-mails.js'
import {openBox} from './imap-box.js'
import type {ImapLine} from './imap-line.js'
import type {Stumbles} from './stumbles.js'

/** So many readings may end at one mail before it is read by its headers alone. */
const MOST_STUMBLES = 3

/** What came of one question, also when it ended early. */
export interface Outcome {
  readonly fetched: Fetched
  readonly error: unknown
  /** As far as nothing is missing. */
  readonly read: readonly number[]
}

/** A mail at which one reading after the other ends keeps the rest from being read only so often. */
export async function fetchPatiently(line: ImapLine, wanted: Wanted, stumbles: Stumbles): Promise<Outcome> {
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
