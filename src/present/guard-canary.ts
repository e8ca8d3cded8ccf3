import type {CanaryReport} from '../app/canary/run-canary.js'
import {formatTable} from './table.js'

/** Each host with what became of the call, and under it what a person can do where it was not denied. */
export function presentCanary({hosts}: CanaryReport): string {
  const rows = hosts.map(({agent, host, version, status, detail}) => [agent, host, version ?? '', status, detail])
  const there = hosts.filter(({status}) => status !== 'not installed')
  const fixes = [...new Set(there.flatMap(({fix}) => (fix === null ? [] : [fix])))]
  return [
    formatTable(['agent', 'host', 'version', 'status', 'what was seen'], rows),
    ...(fixes.length === 0 ? [] : ['', ...fixes.map((fix) => `  ${fix}`)]),
  ].join('\n')
}
