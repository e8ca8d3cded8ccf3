/** What a heartbeat keeps of a check between beats. */
export interface RunMemory {
  readonly lastRun: number | null
  /** A run that lies after `lastRun`, because the clock was set back since. */
  readonly ahead?: number | null
}

/** The memory after a run (or a mark) at `at`: a run that lies ahead of it isn't forgotten. */
export function rememberRun({lastRun, ahead}: RunMemory, at: number): {lastRun: number; ahead: number | null} {
  const later = [lastRun, ahead].filter((run) => typeof run === 'number').filter((run) => run > at)
  return {lastRun: at, ahead: later.length > 0 ? Math.max(...later) : null}
}
