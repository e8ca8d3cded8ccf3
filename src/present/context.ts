import type {ContextReport} from '../app/context.js'
import {formatTable} from './table.js'

/** A line for each part, then the sum against the window and what it costs to send. */
export function presentContext(report: ContextReport): string {
  const {agent, engine, parts} = report
  const rows = parts.map(({name, path, bytes, tokens: count, cached, truncated}) => [
    name,
    path ?? '',
    `${bytes} B`,
    `${count}`,
    [...(cached ? ['prefix'] : []), ...(truncated ? ['not all of it'] : [])].join(', '),
  ])
  const table = formatTable(['part', 'file', 'size', 'tokens', ''], rows)
  const notes = [
    ...(report.adds_own ? [`${engine} is a program and adds words of its own, which are not shown.`] : []),
    ...(engine === 'rules' ? ['No engine is set: the rules read values, and nothing of this is sent.'] : []),
    `The text itself: mcos context ${agent} --text`,
  ]
  return `${table}\n\n${agent} → ${engine}: ${sums(report)}\n${notes.join('\n')}`
}

function sums({tokens, window, flush_at, cached_tokens, cost_usd}: ContextReport): string {
  const share = tokens === 0 ? 0 : Math.round((100 * cached_tokens) / tokens)
  const limit =
    window === null
      ? 'no window is set'
      : `${Math.round((100 * tokens) / window)} % of ${window}, flushed at ${flush_at * 100} %`
  const cost =
    cost_usd === null
      ? ''
      : `\nOne call: ${dollars(cost_usd.fresh)}, or ${dollars(cost_usd.cached)} with the prefix cached; the answer comes on top.`
  return `about ${tokens} tokens (${limit}), ${share} % of them the same at every beat.${cost}`
}

function dollars(usd: number): string {
  return `$${Number(usd.toPrecision(3))}`
}
