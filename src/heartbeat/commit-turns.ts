import {readStop} from '../guard/stop.js'
import type {ChangeResult} from '../history/change-set.js'
import {commitChangeSets} from '../history/commit-change-sets.js'
import {refusedBy} from '../history/refused-by.js'
import {fenced} from '../kit/staging.js'
import {pathsOf} from '../workspace/change.js'
import type {Fleet} from '../workspace/fleet.js'
import {failedReport} from './blank-report.js'
import type {CommittedLaw} from './committed-law.js'
import type {PreparedTurn} from './prepare-turn.js'
import type {AgentReport} from './report.js'

/** How long a decided turn waits for others to share its commit's cost. */
const PATIENCE_MS = 100
const MOST_AT_ONCE = 256

/** How a turn ended, and whether its receipt was written with its commit. */
export interface EndedTurn {
  readonly report: AgentReport
  readonly hasReceipt: boolean
}

/**
 * Gathers turns that are decided at about the same time and commits them together: one commit each, one journal and
 * one run of git for all of them.
 */
export class TurnCommitter {
  private waiting: {turn: PreparedTurn; settle: (ended: EndedTurn) => void}[] = []
  private timer: NodeJS.Timeout | null = null

  constructor(
    private readonly fleet: Fleet,
    /** How many beats might still bring a turn soon; at none, nothing is waited for. */
    private readonly countRunning: () => number,
    /** Told what was committed on top of what. */
    private readonly onCommitted: OnCommitted = () => undefined,
  ) {}

  /** How the turn ended, once its commit is there; its lock is released. */
  commit(turn: PreparedTurn): Promise<EndedTurn> {
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
    const turns = batch.map(({turn}) => turn)
    const ended = commitAll(this.fleet, turns, this.onCommitted)
    for (const {turn, settle} of batch) settle(ended.get(turn) ?? {report: turn.report, hasReceipt: false})
  }
}

type OnCommitted = CommittedLaw['follow']

type Ends = ReadonlyMap<PreparedTurn, EndedTurn>

/** Every turn's report, whatever happens: this runs in a timer, where a throw would end the beats of all others. */
function commitAll(fleet: Fleet, turns: readonly PreparedTurn[], onCommitted: OnCommitted): Ends {
  try {
    return commitHeld(fleet, turns, onCommitted)
  } catch (error) {
    return new Map(turns.map((turn) => [turn, failed(turn.report, error)]))
  } finally {
    for (const {lock} of turns) lock.release()
  }
}

/** Who has lost its lock meanwhile leaves no trace, and keeps nobody else from committing. */
function commitHeld(fleet: Fleet, turns: readonly PreparedTurn[], onCommitted: OnCommitted): Ends {
  const going = turns.filter((turn) => !isStopped(fleet, turn))
  const held = going.filter(({lock}) => lock.isHeld())
  const behind = turns.flatMap((turn) => {
    if (held.includes(turn)) return []
    return [[turn, going.includes(turn) ? failed(turn.report, fenced(turn.report.agent)) : stopped(turn)] as const]
  })
  if (held.length === 0) return new Map(behind)
  const [only, ...more] = held
  try {
    const results = commitChangeSets(
      fleet.home.dir,
      held.map(({changeSet}) => changeSet),
      {
        clock: fleet.clock,
        lock: more.length === 0 ? only?.lock : undefined,
        // The last moment at which nothing has been changed.
        onStage: (stage) => stage === 'journal' && renewAll(held),
      },
    )
    tellCommitted(held, results, onCommitted)
    return new Map([...behind, ...held.map((turn, index) => [turn, settled(turn, results[index])] as const)])
  } catch (error) {
    if (held.every(({lock}) => lock.isHeld()) || more.length === 0) throw error
    return new Map([...behind, ...commitHeld(fleet, held, onCommitted)])
  }
}

function tellCommitted(
  turns: readonly PreparedTurn[],
  results: readonly ChangeResult[],
  onCommitted: OnCommitted,
): void {
  const last = results.findLast(({commit}) => commit !== null)
  if (!last?.commit) return
  const paths = turns.flatMap(({changeSet}) => changeSet.changes.flatMap(pathsOf))
  onCommitted({onto: last.onto, tip: last.commit, paths})
}

function renewAll(turns: readonly PreparedTurn[]): void {
  for (const {lock} of turns) lock.renew()
}

function settled({report, onSafe}: PreparedTurn, result: ChangeResult | undefined): EndedTurn {
  if (!result) throw new Error(`No result for turn ${report.turn}`)
  const {commit, refused} = result
  if (refused) return failed(report, refusedBy(refused))
  onSafe?.()
  return {report: {...report, commit}, hasReceipt: true}
}

/** The last look before the effect: what was decided meanwhile stays undone, and its checks are due again. */
function isStopped({mcos}: Fleet, {changeSet, report}: PreparedTurn): boolean {
  return changeSet.commit !== null && readStop(mcos, report.agent) !== null
}

function stopped({report}: PreparedTurn): EndedTurn {
  return {report: {...report, state: 'skipped', reason: 'stopped', messages: []}, hasReceipt: false}
}

function failed(report: AgentReport, error: unknown): EndedTurn {
  return {report: failedReport(report, error), hasReceipt: false}
}
