import {findHost} from '../../guard/hosts.js'
import type {Check, ProbeCall} from '../../schedule/check.js'
import {formatCadence} from '../../schedule/format.js'
import type {Contract} from '../../workspace/soul.js'

/** What keeps a check from being performed, and with what it would be. */
export interface Lack {
  readonly kind: 'engine' | 'trust' | 'host' | 'repo' | 'path' | 'probe'
  readonly value: string
}

/** A lack as it reads after "lacks". */
export function formatLack({kind, value}: Lack): string {
  return kind === 'engine' ? `an engine: ${value}` : `${kind} ${value}`
}

/** One section of an adopted HEARTBEAT.md: how it was read, and who performs it. */
export interface Readiness {
  readonly id: string
  readonly title: string
  readonly line: number
  readonly kind: Check['kind']
  readonly cadence: string
  readonly cadence_line: number | null
  /** Why the cadence may have been meant otherwise. */
  readonly guess: string | null
  /** `code` looks and reports by itself; `engine` is judgement; `nobody` is off or no check. */
  readonly by: 'code' | 'engine' | 'nobody'
  readonly lacks: readonly Lack[]
}

export interface Means {
  readonly contract: Contract
  /** Whether an engine other than the rules is on the route. */
  readonly hasEngine: boolean
  isTrusted(kind: 'run' | 'recover', text: string): boolean
}

/** Probes that exist; the other words of a HEARTBEAT.md are known and wait for their domain. */
const BUILT = new Set(['inbox', 'http', 'run', 'files', 'git', 'disk', 'clock'])

/** Says of every section what performs it or what it lacks: that a file was parsed does not mean that anything runs. */
export function judgeReadiness(checks: readonly Check[], means: Means): Readiness[] {
  return checks.map((check) => {
    const {id, title, line, kind, cadence, cadenceLine, guess} = check
    const facts = {id, title, line, kind, cadence: formatCadence(cadence), cadence_line: cadenceLine, guess}
    return {...facts, ...judge(check, means)}
  })
}

function judge({kind, off, probes, recover, cadence}: Check, means: Means): Pick<Readiness, 'by' | 'lacks'> {
  if (kind !== 'check' || off || cadence.kind === 'off') return {by: 'nobody', lacks: []}
  if (probes.length === 0) {
    return {by: 'engine', lacks: means.hasEngine ? [] : [{kind: 'engine', value: 'judgement waits until one is set'}]}
  }
  const recovery: Lack[] =
    recover && !means.isTrusted('recover', recover.text) ? [{kind: 'trust', value: `recover: ${recover.text}`}] : []
  return {by: 'code', lacks: [...probes.flatMap((probe) => lacksOf(probe, means)), ...recovery]}
}

function lacksOf({word, args, text}: ProbeCall, {contract, isTrusted}: Means): Lack[] {
  if (!BUILT.has(word)) return [{kind: 'probe', value: `${word} is not built yet`}]
  switch (word) {
    case 'http': {
      const host = hostOf(args)
      return host !== null && !findHost(contract.hosts, host) ? [{kind: 'host', value: host}] : []
    }
    case 'run':
      return isTrusted('run', text) ? [] : [{kind: 'trust', value: text}]
    case 'git':
      return leadsOut(args) && !contract.repos.includes(args) ? [{kind: 'repo', value: args}] : []
    case 'files':
      return leadsOut(args) ? [{kind: 'path', value: args}] : []
    default:
      return []
  }
}

/** The host of an http probe, with its port where one is named. */
function hostOf(args: string): string | null {
  const [url = ''] = args.split(' ')
  return URL.canParse(url) ? new URL(url).host : null
}

/** Whether a path is another's than the agent's own folder. */
function leadsOut(text: string): boolean {
  const path = text.replace(/^["']|["']$/g, '')
  return /^(?:\/|~|[A-Za-z]:)/.test(path) || path.split('/').includes('..')
}
