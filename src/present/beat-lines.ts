import type {BeatEvent} from '../heartbeat/events.js'
import type {AgentReport, CheckReport} from '../heartbeat/report.js'
import {cleanLine, shorten} from '../kit/text.js'
import {skipWords} from './skip-words.js'

type ProbeEvent = Extract<BeatEvent, {kind: 'probe'}>
type RecoveryEvent = Extract<BeatEvent, {kind: 'recovery'}>

const LINE = 200
/** A probe that took longer says so. */
const LONG_MS = 1000

/** One probe as it ended: a sign and a word for it, never a colour alone. */
export function presentProbe(event: ProbeEvent): string {
  const {title, probe, detail, ms, isAgain} = event
  const took = ms < LONG_MS ? '' : ` (${(ms / 1000).toFixed(1)} s)`
  const said = isAgain ? `asked again, ${detail}` : detail
  return shorten(cleanLine(`${verdictOf(event)} ${title} · ${probe}: ${said}${took}`), LINE)
}

/** What a check's `recover:` came to; whether that has helped, the probe says next. */
export function presentRecovery({title, isDone, detail}: RecoveryEvent): string {
  return shorten(cleanLine(`${isDone ? '•' : '!'} recovery ${title} · ${detail}`), LINE)
}

function verdictOf({status, news, isAgain}: Pick<ProbeEvent, 'status' | 'news' | 'isAgain'>): string {
  if (isAgain && status === 'alert') return '! still down'
  if (isAgain && status !== 'failed') return '✓ back'
  switch (status) {
    case 'same':
      return '✓ same'
    case 'changed':
      return news ? '• news' : '• changed'
    case 'alert':
      return news ? '! alert' : '! still down'
    case 'failed':
      return news ? '! failed' : '! still failed'
  }
}

/** How an agent's beat ended: a line, what was not a probe's to see, and what helps where it failed. */
export function presentEnd(report: AgentReport): string[] {
  return [presentOutcome(report), ...report.checks.flatMap(presentUnseen), ...presentFixes(report)]
}

/** Whether it is worth a line among many. */
export function isRemarkable({state, error}: AgentReport): boolean {
  return state === 'worked' || state === 'failed' || error !== null
}

/** What keeps one agent from beating and may keep all of them; empty where nothing does. */
export function troubleOf({error}: AgentReport): string {
  return error === null ? '' : `${error.code} ${error.message}`
}

function presentOutcome({agent, state, reason, commit, error, model_calls}: AgentReport): string {
  const head = commit === null ? state : `${state} ${commit.slice(0, 10)}`
  const sign = state === 'failed' ? '! ' : ''
  // What a model has said stands above already.
  if (error === null && state === 'worked' && model_calls > 0) return cleanLine(head)
  const why = error === null ? skipWords(agent, reason) : error.message
  return shorten(cleanLine(`${sign}${head}: ${why}`), LINE)
}

/** Judgement: what a model was asked, and what waits for one. */
function presentUnseen({status, title, detail}: CheckReport): string[] {
  if (status === 'asked') return [shorten(cleanLine(`• asked ${title}`), LINE)]
  return status === 'waiting-for-engine' ? [shorten(cleanLine(`? waits ${title}: ${detail}`), LINE)] : []
}

function presentFixes({error}: AgentReport): string[] {
  return error === null ? [] : error.suggestions.map((fix) => `  ${shorten(cleanLine(fix), LINE)}`)
}
