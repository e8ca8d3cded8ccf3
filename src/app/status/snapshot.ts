import type {AgentReading} from './agent-status.js'
import type {LiveStatus} from './live-status.js'
import type {StatusReport} from './report.js'

/** What is known of a fleet at one moment; it never changes, the next one takes its place. */
export interface StatusSnapshot extends Omit<StatusReport, 'agents' | 'at'> {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly timezone: string
  /** Every agent, in the order of their names. */
  readonly roster: readonly string[]
  /** Of those who were read. */
  readonly readings: ReadonlyMap<string, AgentReading>
  /** The share of its window at which an agent's context is flushed. */
  readonly flushAt: number
  /** Why what is shown may be old; null: it isn't. */
  readonly trouble: string | null
  /** Whether everything that may have changed was read. */
  readonly isComplete: boolean
}

export function snapshotOf(
  status: LiveStatus,
  {trouble, isComplete}: Pick<StatusSnapshot, 'trouble' | 'isComplete'>,
): StatusSnapshot {
  const {agents: _, at, ...report} = status.report()
  const roster = status.roster().map(({name}) => name)
  const {config} = status.fleet.home
  return {
    ...report,
    at: Date.parse(at),
    timezone: config.timezone,
    roster,
    readings: new Map(
      roster.flatMap((name) => {
        const reading = status.reading(name)
        return reading === null ? [] : [[name, reading] as const]
      }),
    ),
    flushAt: config.context.flushAt,
    trouble,
    isComplete,
  }
}
