import {isUserError} from '../kit/errors.js'
import type {Fleet} from '../workspace/fleet.js'
import {type Receipt, readableReceipts, receiptPath} from '../workspace/receipt.js'

const DAY_MS = 86_400_000

/** By agent, oldest first: the receipts of yesterday and today in UTC, which hold all of today in any time zone. */
export function readRecentReceipts(fleet: Fleet): Map<string, Receipt[]> {
  const now = fleet.clock.now()
  const byAgent = new Map<string, Receipt[]>()
  for (const receipt of [now - DAY_MS, now].flatMap((day) => readDay(fleet, day))) {
    const known = byAgent.get(receipt.agent)
    if (known) known.push(receipt)
    else byAgent.set(receipt.agent, [receipt])
  }
  return byAgent
}

function readDay({mcos}: Fleet, day: number): readonly Receipt[] {
  const path = receiptPath(day)
  try {
    return readableReceipts(mcos.readText(path, {maxBytes: 256 * 1024 * 1024}) ?? '', `.mcos/${path}`)
  } catch (error) {
    // A folder or a link in its place is `mcos fsck`'s to tell; the glance goes on without that day.
    if (isUserError(error)) return []
    throw error
  }
}
