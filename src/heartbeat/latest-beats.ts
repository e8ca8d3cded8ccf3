import type {Fleet} from '../workspace/fleet.js'
import {readableReceipts} from '../workspace/receipt.js'

const MOST_DAYS = 3

/** When each agent beat last, by the newest days of receipts; milliseconds since the epoch. */
export function latestBeats({mcos}: Fleet): Map<string, number> {
  const latest = new Map<string, number>()
  const days = mcos.stat('runs')?.kind === 'folder' ? mcos.list('runs') : []
  for (const {name} of days.filter(({name: file}) => file.endsWith('.jsonl')).slice(-MOST_DAYS)) {
    const path = `runs/${name}`
    const text = mcos.readText(path, {maxBytes: 256 * 1024 * 1024}) ?? ''
    for (const {agent, ended} of readableReceipts(text, `.mcos/${path}`)) {
      latest.set(agent, Math.max(latest.get(agent) ?? 0, Date.parse(ended)))
    }
  }
  return latest
}
