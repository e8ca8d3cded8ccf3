import type {EpisodesReport} from '../app/run/episodes.js'
import type {RunReport} from '../app/run/report.js'
import {clean, cleanLine, shorten} from '../kit/text.js'
import {dollars} from './money.js'

/** The answer alone, for a pipe, or for a terminal that has not seen it stream. */
export function presentAnswer({text}: Pick<RunReport, 'text'>): string {
  return clean(text).trim()
}

/** Under an answer: what was done, what it cost, what has to be known of that, what is next. */
export function presentClosing(report: RunReport): string {
  const notes = report.notes.map((text) => `note: ${text}`)
  return [presentDone(report), presentCost(report), ...notes, `next: ${nextLine(report)}`]
    .map((line) => shorten(cleanLine(line), 200))
    .join('\n')
}

/** The same in one line. */
export function presentBrief({commit, cost_usd, engine, model_calls, notes}: RunReport): string {
  const what = commit === null ? 'nothing changed' : commit.slice(0, 10)
  const calls = `${model_calls} ${model_calls === 1 ? 'request' : 'requests'}`
  return cleanLine(`(${what}, ${calls}, ${[`${dollars(cost_usd)}, ${engine ?? 'no engine'}`, ...notes].join('; ')})`)
}

/** What kept it from being done, and what helps; empty when nothing did. */
export function presentTrouble({
  error,
  refused,
  text = '',
}: Pick<RunReport, 'error' | 'refused'> & Partial<Pick<RunReport, 'text'>>): string {
  const calls = refused.map(presentRefused)
  // A refusal is an answer too: what the model said stands above already.
  const isSaid = error?.message === text.trim()
  const lines =
    error === null ? [] : [isSaid ? 'The model refused.' : error.message, ...error.suggestions.map((fix) => `  ${fix}`)]
  return [...calls, ...lines].map(cleanLineKeepingIndent).join('\n')
}

/** With the command that answers it, where somebody can. */
function presentRefused({tool, effect, reason, approval}: RunReport['refused'][number]): string {
  if (effect === 'deny') return `refused: ${tool}, ${reason}`
  return approval === null
    ? `waits for a yes: ${tool}, ${reason}`
    : `waits for a yes: ${tool}; mcos approve show ${approval}`
}

/** One line an episode, then why no other one followed; empty for a single turn. */
export function presentEpisodes(report: RunReport | EpisodesReport): string {
  if (!('episodes' in report)) return ''
  const {episodes, stopped_because} = report
  const lines = episodes.map(({turn, end, commit, tokens, cost_usd}, index) => {
    const sum = tokens.input + tokens.cache_read + tokens.cache_write
    return `episode ${index + 1}  ${end}  ${commit?.slice(0, 10) ?? 'no commit'}  ${turn}  ${sum} in, ${tokens.output} out, ${dollars(cost_usd)}`
  })
  return [...lines, `stopped: ${stopped_because}`].map(cleanLine).join('\n')
}

/** Tokens and money, and who got them. */
export function presentCost({
  tokens,
  cost_usd,
  engine,
  model_calls,
}: Pick<RunReport, 'tokens' | 'cost_usd' | 'engine' | 'model_calls'>): string {
  const {input, output, cache_read, cache_write} = tokens
  const cached = cache_read === 0 ? '' : ` (${cache_read} from the cache)`
  const calls = `${model_calls} ${model_calls === 1 ? 'request' : 'requests'}`
  return `cost: ${input + cache_read + cache_write} tokens in${cached}, ${output} out, ${dollars(cost_usd)}; ${calls}, ${engine ?? 'no engine'}`
}

function presentDone({commit, commits, messages, end, turn}: RunReport): string {
  const how = end === 'done' ? 'done' : end
  const sent = messages.length === 0 ? '' : `, ${messages.length} ${messages.length === 1 ? 'message' : 'messages'}`
  if (commit === null) return `${how}: nothing was changed (${turn})`
  const count = commits.length === 1 ? '' : `, ${commits.length} commits`
  return `${how}: ${commit.slice(0, 10)}${count}${sent}; mcos show ${turn}`
}

function nextLine({next, error}: RunReport): string {
  return next ?? (error === null ? 'nothing is left open' : 'see above')
}

function cleanLineKeepingIndent(line: string): string {
  return `${/^ */.exec(line)?.[0] ?? ''}${cleanLine(line)}`
}
