import {hasSandbox} from '../kit/sandbox.js'
import type {Fleet} from '../workspace/fleet.js'
import {saveParsedCache} from './fleet.js'
import {commitFinder} from './status/last-commits.js'
import {LiveStatus} from './status/live-status.js'
import type {StatusReport} from './status/report.js'

export type {AgentStatus} from './status/agent-status.js'
export type {StatusReport} from './status/report.js'

/** The fleet as its files tell it; nothing is asked of any process but git, and that at most once. */
export async function statusOf(fleet: Fleet, isBoxedHere: () => boolean = hasSandbox): Promise<StatusReport> {
  const status = new LiveStatus(fleet, {isBoxedHere, lastCommit: commitFinder(fleet)})
  while (await status.step()) {
    // Until nothing is left to read.
  }
  saveParsedCache(fleet)
  return status.report()
}
