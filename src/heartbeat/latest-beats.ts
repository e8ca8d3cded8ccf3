import {isUserError} from '../kit/errors.js'
import type {Fleet} from '../workspace/fleet.js'
import {parseReceipt} from '../workspace/receipt.js'

const MOST_DAYS = 3

/** When each agent beat last, by the newest days of receipts; milliseconds since the epoch. */
export function latestBeats({mcos}: Fleet): Map<string, number> {
  const latest = new Map<string, number>()
  const days = mcos.stat('runs')?.kind === 'folder' ? mcos.list('runs') : []
  for (const {name} of days.filter(({name: file}) => file.endsWith('.jsonl')).slice(-MOST_DAYS)) {
    const path = `runs/${name}`
    for (const line of (mcos.readText(path, {maxBytes: 256 * 1024 * 1024}) ?? '').split('\n')) {
      const receipt = readLine(line, `.mcos/${path}`)
      if (receipt) latest.set(receipt.agent, Math.max(latest.get(receipt.agent) ?? 0, Date.parse(receipt.ended)))
    }
  }
  return latest
}

function readLine(line: string, file: string): ReturnType<typeof parseReceipt> | null {
  if (line.trim() === '') return null
  try {
    return parseReceipt(line, {file})
  } catch (error) {
    // `mcos fsck` tells of a line that can't be read.
    if (isUserError(error)) return null
    throw error
  }
}
