import type {ContextReport} from '../app/context.js'
import {formatTable} from './table.js'

/** A line for each part, then the sum against the window. */
export function presentContext({agent, engine, window, tokens, flush_at, parts}: ContextReport): string {
  const rows = parts.map(({name, path, bytes, tokens: count, cached, truncated}) => [
    name,
    path ?? '',
    `${bytes} B`,
    `${count}`,
    cached ? 'prefix' : truncated ? 'tail only' : '',
  ])
  const limit =
    window === null
      ? 'no window is set'
      : `${Math.round((100 * tokens) / window)} % of ${window}, flushed at ${flush_at * 100} %`
  const table = formatTable(['part', 'file', 'size', 'tokens', ''], rows)
  return `${table}\n\n${agent} → ${engine}: ${tokens} tokens (${limit}). The text itself: mcos context ${agent} --text`
}
