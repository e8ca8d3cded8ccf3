import {isUserError} from '../kit/errors.js'
import type {Fleet} from '../workspace/fleet.js'
import {type Receipt, readReceipts, receiptPath} from '../workspace/receipt.js'

const DAY_MS = 86_400_000

/** The receipts of the last two UTC days, which hold all of today in any time zone; oldest first. */
export function readRecentReceipts(fleet: Fleet): Receipt[] {
  const now = fleet.clock.now()
  return [now - DAY_MS, now, now + DAY_MS].flatMap((day) => readDay(fleet, day))
}

function readDay({mcos}: Fleet, day: number): readonly Receipt[] {
  const path = receiptPath(day)
  try {
    const text = mcos.readText(path, {maxBytes: 256 * 1024 * 1024})
    return text === null ? [] : readReceipts(text, `.mcos/${path}`).receipts
  } catch (error) {
    // A day that can't be read is `mcos fsck`'s to tell; the glance goes on without it.
    if (isUserError(error)) return []
    throw error
  }
}
