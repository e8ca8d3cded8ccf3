/** Earlier lines and where in them a person is; what was being typed waits behind the newest. */
export interface History {
  readonly lines: readonly string[]
  /** Which line is shown; `lines.length`: the one being typed. */
  readonly at: number
  readonly typed: string
}

export function historyOf(lines: readonly string[]): History {
  return {lines, at: lines.length, typed: ''}
}

/** One line back, or forth; null where there is none. `text` is what stands in the box now. */
export function recall(history: History, step: -1 | 1, text: string): {history: History; text: string} | null {
  const {lines, at} = history
  const to = at + step
  if (to < 0 || to > lines.length) return null
  const typed = at === lines.length ? text : history.typed
  return {history: {lines, at: to, typed}, text: lines[to] ?? typed}
}

/** One more line was said. */
export function remember({lines}: History, line: string): History {
  return historyOf(lines.at(-1) === line ? lines : [...lines, line])
}
