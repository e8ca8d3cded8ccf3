import {isRecord} from '../../kit/is-record.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {CodingAgent} from '../guard-install/coding-agents.js'

/** Where this machine keeps how its last canaries ended. */
const CANARY_FILE = 'canary.json'

export type CanaryHost = CodingAgent | 'git'

export type CanaryStatus = 'enforced' | 'unenforced' | 'not installed' | 'could not be tried'

/** What became of a call that must be denied; the keys are a promise to programs. */
export interface CanaryResult {
  readonly agent: string
  readonly host: CanaryHost
  /** null: it isn't there, or doesn't say. */
  readonly version: string | null
  readonly status: CanaryStatus
  readonly detail: string
  readonly fix: string | null
}

/** The last canary of one agent's host. */
export interface CanaryRecord {
  readonly version: string | null
  readonly status: CanaryStatus
  /** ISO. */
  readonly at: string
}

/** By `agent host`; what can't be read counts as never tried. */
export function readCanaries({mcos}: Pick<Fleet, 'mcos'>): ReadonlyMap<string, CanaryRecord> {
  let value: unknown
  try {
    value = JSON.parse(mcos.readText(CANARY_FILE) ?? '{}')
  } catch {
    // Half a file: the next canary writes a whole one.
    return new Map()
  }
  const tried = isRecord(value) && isRecord(value['tried']) ? value['tried'] : {}
  return new Map(
    Object.entries(tried).flatMap(([key, one]): [string, CanaryRecord][] => {
      if (!isRecord(one) || typeof one['at'] !== 'string') return []
      const status = STATUSES.find((known) => known === one['status'])
      const version = typeof one['version'] === 'string' ? one['version'] : null
      return status === undefined ? [] : [[key, {version, status, at: one['at']}]]
    }),
  )
}

const STATUSES: readonly CanaryStatus[] = ['enforced', 'unenforced', 'not installed', 'could not be tried']

/** Keeps the results beside those of other agents and hosts; what isn't installed has none. */
export function keepCanaries({mcos, clock}: Pick<Fleet, 'mcos' | 'clock'>, results: readonly CanaryResult[]): void {
  const at = new Date(clock.now()).toISOString()
  const fresh = results
    .filter(({status}) => status !== 'not installed')
    .map(({agent, host, version, status}) => [canaryKey(agent, host), {version, status, at}] as const)
  if (fresh.length === 0) return
  const tried = Object.fromEntries([...readCanaries({mcos}), ...fresh])
  mcos.write(CANARY_FILE, `${JSON.stringify({version: 1, tried}, null, 2)}\n`)
}

export function canaryKey(agent: string, host: CanaryHost): string {
  return `${agent} ${host}`
}
