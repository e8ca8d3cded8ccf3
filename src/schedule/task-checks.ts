import {readCadence} from './cadence.js'
import type {Check, HeartbeatWarning} from './check.js'
import type {ListedTask} from './tasks-block.js'

interface Ground {
  giveId: (wanted: string | null, title: string) => string
  warnings: HeartbeatWarning[]
}

/** Each entry of a `tasks:` block is a check; its prompt is prose, and nothing in it is run. */
export function taskChecks(tasks: readonly ListedTask[], {giveId, warnings}: Ground): Check[] {
  return tasks.map(({name, line, interval, intervalLine, prompt}) => {
    const reading = interval === null ? null : readCadence(interval, 'value')
    const isUnread = interval !== null && reading === null
    if (isUnread)
      warnings.push({line: intervalLine ?? line, message: `expected a cadence such as 30m, got “${interval}”`})
    const title = name || (prompt.split('\n')[0] ?? '').slice(0, 80)
    return {
      id: giveId(name || null, title),
      title,
      line,
      kind: 'check',
      cadence: reading?.cadence ?? {kind: 'every-beat'},
      cadenceLine: reading ? intervalLine : null,
      guess: isUnread ? `“${interval}” is no cadence` : (reading?.guess ?? null),
      off: reading?.cadence.kind === 'off',
      prose: prompt || name,
      probes: [],
      recover: null,
      timeoutMs: null,
      missed: 'run-once',
      zone: reading?.zone ?? null,
    }
  })
}
