import {followStatus} from '../app/status/follow-status.js'
import type {StatusSnapshot} from '../app/status/snapshot.js'
import type {StatusReport} from '../app/status.js'
import {presentStatus} from '../present/status.js'
import {presentChanges} from '../present/status-changes.js'
import type {Fleet} from '../workspace/fleet.js'
import {listenForInterruption} from './interruption.js'

interface WatchOptions {
  readonly reopen: () => Promise<Fleet>
  /** Told of the fleet as it is, with what that means in lines for people: first the whole, then each change. */
  readonly write: (report: StatusReport, lines: string) => void
}

/** Tells of the fleet and then of each change, until it is interrupted or nobody reads on; answers with the exit code for that. */
export async function watchStatus(fleet: Fleet, {reopen, write}: WatchOptions): Promise<number> {
  const interruption = listenForInterruption()
  const source = await followStatus(fleet, {reopen})
  let before: StatusReport | null = null
  const look = (): void => {
    const snapshot = source.snapshot()
    if (!snapshot.isComplete) return
    const after = reportOf(snapshot)
    const lines = before === null ? presentStatus(after) : presentChanges(before, after).join('\n')
    if (lines === '') return
    before = after
    write(after, lines)
  }
  source.subscribe(look)
  await new Promise<void>((resolve) => {
    interruption.signal.addEventListener('abort', () => resolve(), {once: true})
    // `| head -3` has seen enough. Which error is none is decided where every other command has it decided.
    process.stdout.once('error', () => resolve())
  })
  interruption.stop()
  await source.close()
  return interruption.exitCode() ?? 0
}

function reportOf({
  fleet,
  host,
  at,
  stopped,
  unenforced,
  strangers,
  roster,
  readings,
  totals,
}: StatusSnapshot): StatusReport {
  const agents = roster.flatMap((name) => readings.get(name)?.status ?? [])
  return {fleet, host, at: new Date(at).toISOString(), stopped, unenforced, agents, strangers, totals}
}
