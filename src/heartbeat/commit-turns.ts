import type {ChangeResult} from '../history/change-set.js'
import {commitChangeSets} from '../history/commit-change-sets.js'
import {isUserError, UserError} from '../kit/errors.js'
import type {Fleet} from '../workspace/fleet.js'
import {failedReport} from './beat-agent.js'
import type {PreparedTurn} from './prepare-turn.js'
import type {AgentReport} from './report.js'

/** How long a decided turn waits for others to share its commit's cost. */
const PATIENCE_MS = 100
const MOST_AT_ONCE = 256

/**
 * Gathers turns that are decided at about the same time and commits them together: one commit each, one journal and
 * one run of git for all of them.
 */
export class TurnCommitter {
  private waiting: {turn: PreparedTurn; settle: (report: AgentReport) => void}[] = []
  private timer: NodeJS.Timeout | null = null

  constructor(
    private readonly fleet: Fleet,
    /** How many beats might still bring a turn soon; at none, nothing is waited for. */
    private readonly countRunning: () => number,
  ) {}

  /** The turn's report once its commit is there; its lock is released. */
  commit(turn: PreparedTurn): Promise<AgentReport> {
    return new Promise((settle) => {
      this.waiting.push({turn, settle})
      this.timer ??= setTimeout(() => this.flush(), PATIENCE_MS)
      this.flushIfAlone()
    })
  }

  /** To be called when a beat has ended: whoever waits only for it needn't any more. */
  flushIfAlone(): void {
    if (this.waiting.length >= MOST_AT_ONCE || this.waiting.length >= this.countRunning()) this.flush()
  }

  private flush(): void {
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
    const batch = this.waiting
    this.waiting = []
    if (batch.length === 0) return
    const reports = commitAll(
      this.fleet,
      batch.map(({turn}) => turn),
    )
    batch.forEach(({settle}, index) => {
      const report = reports[index]
      if (report) settle(report)
    })
  }
}

function commitAll(fleet: Fleet, turns: readonly PreparedTurn[]): AgentReport[] {
  const [only, ...more] = turns
  try {
    const results = commitChangeSets(
      fleet.home.dir,
      turns.map(({changeSet}) => changeSet),
      {
        clock: fleet.clock,
        lock: more.length === 0 ? only?.lock : undefined,
        // The last moment at which nothing has been changed: a beat that lost its lock meanwhile leaves no trace.
        onStage: (stage) => stage === 'journal' && insistOnLocks(turns),
      },
    )
    return turns.map(({report}, index) => settled(report, results[index]))
  } catch (error) {
    if (!isUserError(error)) throw error
    return turns.map(({report}) => failedReport(report, error))
  } finally {
    for (const {lock} of turns) lock.release()
  }
}

function insistOnLocks(turns: readonly PreparedTurn[]): void {
  for (const {lock} of turns) lock.renew()
}

function settled(report: AgentReport, result: ChangeResult | undefined): AgentReport {
  if (!result) throw new Error(`No result for turn ${report.turn}`)
  const {commit, refused} = result
  if (!refused) return {...report, commit}
  const {code, reason, fix} = refused
  return failedReport(report, new UserError(reason, {code, fix}))
}
