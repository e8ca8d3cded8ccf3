import type {AgentReport, CheckReport, HeartbeatReport} from '../heartbeat/report.js'
import {skipWords} from './skip-words.js'

/** What a heartbeat says of itself: its plan in a rehearsal, everything to a person who watches, otherwise what is news. */
export function presentBeat(
  {report, tellable}: {readonly report: HeartbeatReport; readonly tellable: ReadonlySet<string>},
  {isPlan, isWatched}: {readonly isPlan: boolean; readonly isWatched: boolean},
): string {
  if (isPlan) return presentPlan(report)
  return isWatched ? presentHeartbeat(report) : presentNewsOnly(report, tellable)
}

/** A heartbeat for a person who watches: every agent, and each section of its file. */
export function presentHeartbeat(report: HeartbeatReport): string {
  if (report.agents.length === 0) return 'No agents yet: mcos init agent NAME'
  return report.agents.map(presentAgent).join('\n')
}

/** The same for a pipe or cron: only what worked or failed in a way that was not told before; often nothing. */
function presentNewsOnly(report: HeartbeatReport, tellable: ReadonlySet<string>): string {
  const telling = report.agents.filter(({agent, state}) => state === 'worked' || tellable.has(agent))
  return withSameError(telling).map(presentNews).join('\n')
}

/** What a rehearsal read: each section with the line its cadence was read from, due or why not, and its next time. */
function presentPlan(report: HeartbeatReport): string {
  return report.agents.map(presentPlanned).join('\n\n')
}

function presentAgent(report: AgentReport): string {
  const commit = report.commit ? `  ${report.commit.slice(0, 10)}` : ''
  const lines = report.checks.filter(isTelling).map((check) => `  ${mark(check)} ${check.title}: ${check.detail}`)
  return [`${report.agent}  ${report.state}${commit}`, ...lines, ...trouble(report)].join('\n')
}

/** What keeps a whole fleet from beating is told once, with all of its agents. */
function withSameError(reports: readonly AgentReport[]): AgentReport[][] {
  const groups = new Map<string, AgentReport[]>()
  for (const report of reports) {
    const key = report.error ? `${report.error.code} ${report.error.message}` : report.turn
    groups.set(key, [...(groups.get(key) ?? []), report])
  }
  return [...groups.values()]
}

function presentNews(reports: readonly AgentReport[]): string {
  const [report, ...more] = reports
  if (!report) return ''
  const lines = report.checks.filter(({news}) => news).map(({title, detail}) => `  ${title}: ${detail}`)
  const head =
    more.length === 0
      ? `${report.agent}  ${report.state}  ${report.turn}`
      : `${reports.map(({agent}) => agent).join(', ')}  ${report.state}`
  return [head, ...lines, ...trouble(report)].join('\n')
}

function trouble({agent, state, reason, error, checks}: AgentReport): string[] {
  if (error) return presentError(error)
  return state === 'worked' && checks.some(({news}) => news) ? [] : [`  ${skipWords(agent, reason)}`]
}

function presentError({message, suggestions}: NonNullable<AgentReport['error']>): string[] {
  return [`  ${message}`, ...suggestions.map((fix) => `    ${fix}`)]
}

function isTelling({status}: CheckReport): boolean {
  return status !== 'context' && status !== 'off' && status !== 'not-due'
}

const MARKS: Readonly<Record<CheckReport['status'], string>> = {
  same: '=',
  changed: '+',
  alert: '!',
  failed: 'x',
  asked: '+',
  'not-due': '.',
  off: '-',
  context: ' ',
  'waiting-for-engine': '?',
}

function mark({status}: CheckReport): string {
  return MARKS[status]
}

function presentPlanned({agent, state, reason, error, checks}: AgentReport): string {
  const head = state === 'skipped' ? `${agent}  (would be skipped: ${skipWords(agent, reason)})` : agent
  if (error) return [agent, ...presentError(error)].join('\n')
  if (checks.length === 0) return `${head}\n  HEARTBEAT.md asks for nothing.`
  return [head, ...checks.flatMap(presentSection)].join('\n')
}

function presentSection({line, title, kind, cadence, cadence_line, due, next_due, detail}: CheckReport): string[] {
  const head = `  ${String(line).padStart(4)}  ${title}`
  if (kind !== 'check') return [head, `        ${detail}`]
  const source = cadence_line === null ? 'by default' : `from line ${cadence_line}`
  const next = next_due === null ? '' : `, next ${next_due.slice(0, 10)} ${next_due.slice(11, 16)} UTC`
  return [head, `        check, ${cadence} (${source}); ${due ? 'due' : 'not due'}${next}`, `        ${detail}`]
}
