import type {AgentReport, HeartbeatReport} from '../heartbeat/report.js'
import {cleanLine, shorten} from '../kit/text.js'
import type {Tokens} from '../workspace/receipt.js'
import {presentCost} from './run.js'
import {skipWords} from './skip-words.js'

const MOST_NAMED = 5
const LINE = 200

/** Under a heartbeat that was watched: what was done, what it cost, what is next. */
export function presentBeatClosing(report: HeartbeatReport): string {
  return [presentDone(report), presentSum(report), presentNext(report)]
    .map((line) => shorten(cleanLine(line), LINE))
    .join('\n')
}

function presentDone({agents}: HeartbeatReport): string {
  const [only] = agents
  if (!only) return 'done: no agents yet; mcos init agent NAME'
  if (agents.length === 1) return `done: ${only.agent} ${outcomeOf(only)}`
  const words = (['worked', 'failed', 'skipped', 'idle'] as const).flatMap((state) => {
    const those = agents.filter((one) => one.state === state)
    if (those.length === 0) return []
    return [state === 'idle' ? `${those.length} idle` : `${those.length} ${state} (${namesOf(those)})`]
  })
  return `done: ${words.join(', ')}`
}

function outcomeOf({agent, state, commit, turn, reason}: AgentReport): string {
  return commit === null
    ? `is ${state}: ${skipWords(agent, reason)}`
    : `${state}, ${commit.slice(0, 10)}; mcos show ${turn}`
}

function namesOf(agents: readonly AgentReport[]): string {
  const named = agents.slice(0, MOST_NAMED).map(({agent, commit}) => {
    return commit === null ? agent : `${agent} ${commit.slice(0, 10)}`
  })
  return agents.length > MOST_NAMED ? `${named.join(', ')}, …` : named.join(', ')
}

function presentSum({agents}: HeartbeatReport): string {
  const asked = agents.filter(({model_calls}) => model_calls > 0)
  if (asked.length === 0) return 'cost: nothing, no model was asked'
  return presentCost({
    tokens: asked.map(({tokens}) => tokens).reduce(addTokens),
    cost_usd: asked.reduce((sum, {cost_usd}) => sum + cost_usd, 0),
    model_calls: asked.reduce((sum, {model_calls}) => sum + model_calls, 0),
    engine: [...new Set(asked.flatMap(({engine}) => engine ?? []))].join(' and ') || null,
  })
}

function addTokens(one: Tokens, other: Tokens): Tokens {
  return {
    input: one.input + other.input,
    output: one.output + other.output,
    cache_read: one.cache_read + other.cache_read,
    cache_write: one.cache_write + other.cache_write,
  }
}

/** The check that is due first; what has no time of its own comes with the next beat. */
function presentNext({agents, at}: HeartbeatReport): string {
  const dues = agents.flatMap(({agent, checks}) =>
    checks.flatMap(({title, next_due, kind}) =>
      kind === 'check' && next_due !== null && next_due > at ? [{agent, title, next_due}] : [],
    ),
  )
  const first = dues.reduce<(typeof dues)[number] | null>(
    (soonest, due) => (soonest === null || due.next_due < soonest.next_due ? due : soonest),
    null,
  )
  if (first !== null) return `next: ${first.agent}, ${first.title}, in ${inWords(first.next_due, at)}`
  const isAny = agents.some(({checks}) => checks.some(({kind, status}) => kind === 'check' && status !== 'off'))
  return isAny ? 'next: with the next beat, whenever cron calls it' : 'next: nothing; no HEARTBEAT.md asks for anything'
}

function inWords(due: string, at: string): string {
  const minutes = Math.max(1, Math.round((Date.parse(due) - Date.parse(at)) / 60_000))
  const moment = `${due.slice(0, 10) === at.slice(0, 10) ? '' : `${due.slice(0, 10)} `}${due.slice(11, 16)} UTC`
  if (minutes < 60) return `${minutes} min (${moment})`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? `${hours} h (${moment})` : `${Math.round(hours / 24)} days (${moment})`
}
