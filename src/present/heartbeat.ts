import type {AgentReport, CheckReport, HeartbeatReport} from '../heartbeat/report.js'

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
  return report.agents.map(presentAgent).join('\n')
}

/** The same for a pipe or cron: only what worked or failed in a way that was not told before; often nothing. */
function presentNewsOnly(report: HeartbeatReport, tellable: ReadonlySet<string>): string {
  const telling = report.agents.filter(({agent, state}) => state === 'worked' || tellable.has(agent))
  return telling.map(presentNews).join('\n')
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

function presentNews(report: AgentReport): string {
  const lines = report.checks.filter(({news}) => news).map(({title, detail}) => `  ${title}: ${detail}`)
  return [`${report.agent}  ${report.state}  ${report.turn}`, ...lines, ...trouble(report)].join('\n')
}

function trouble({state, reason, error, checks}: AgentReport): string[] {
  if (error) return [`  ${error.code}: ${error.message}`, ...error.suggestions.map((fix) => `    ${fix}`)]
  return state === 'worked' && checks.some(({news}) => news) ? [] : [`  ${reason}`]
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

function presentPlanned({agent, error, checks}: AgentReport): string {
  if (error)
    return [agent, `  ${error.code}: ${error.message}`, ...error.suggestions.map((fix) => `    ${fix}`)].join('\n')
  if (checks.length === 0) return `${agent}\n  HEARTBEAT.md asks for nothing.`
  return [agent, ...checks.flatMap(presentSection)].join('\n')
}

function presentSection({line, title, kind, cadence, cadence_line, due, next_due, detail}: CheckReport): string[] {
  const source = cadence_line === null ? 'by default' : `from line ${cadence_line}`
  const when = kind === 'check' ? `${due ? 'due' : 'not due'}${next_due ? `, next ${next_due}` : ''}` : 'context'
  return [
    `  ${String(line).padStart(4)}  ${title}`,
    `        ${kind}, ${cadence} (${source}); ${when}`,
    `        ${detail}`,
  ]
}
