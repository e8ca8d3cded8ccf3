import {isUserError} from '../../kit/errors.js'
import type {Folder} from '../../kit/folder.js'
import {type Receipt, readableReceipts, receiptPath} from '../../workspace/receipt.js'
import type {BookRow} from './book.js'
import {localDay} from './day.js'
import {addToRow} from './entries.js'

const DAY_MS = 86_400_000
const LONGEST_FILE = 256 * 1024 * 1024

/** What the day's receipts say was used: nearly all of it, should the book of that day be gone. */
export function readEarlier(mcos: Folder, {day, zone}: {readonly day: string; readonly zone: string}): BookRow[] {
  const noon = Date.parse(`${day}T12:00:00Z`)
  const receipts = [noon - DAY_MS, noon, noon + DAY_MS].flatMap((time) => receiptsOf(mcos, time))
  const spent = receipts.filter(
    ({ended, model_calls: calls, engine}) => calls > 0 && engine !== null && localDay(Date.parse(ended), zone) === day,
  )
  return spent.reduce<BookRow[]>((rows, receipt) => addToRow(rows, rowOf(receipt)), [])
}

/** Days of receipts are UTC's, so that a day of the fleet lies in two of them or three. */
function receiptsOf(mcos: Folder, time: number): Receipt[] {
  const path = receiptPath(time)
  try {
    return readableReceipts(mcos.readText(path, {maxBytes: LONGEST_FILE}) ?? '', `.mcos/${path}`)
  } catch (error) {
    // A folder or a link in its place is `mcos fsck`'s to tell; the other days still count.
    if (isUserError(error)) return []
    throw error
  }
}

function rowOf({agent, engine, model_calls, tokens, cost_usd}: Receipt): BookRow {
  return {agent, engine: engine ?? '', turns: 1, model_calls, tokens, cost_usd}
}
