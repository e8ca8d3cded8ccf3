/** Where a program's connections went. */
export interface Ways {
  /** `name:port`, each once, in the order in which they were first asked for. */
  readonly reached: readonly string[]
  readonly refused: readonly {readonly host: string; readonly why: string}[]
}

export const NO_WAYS: Ways = {reached: [], refused: []}

const MOST_NAMED = 8

/** For a log's line: which hosts were reached, and which were asked for in vain. */
export function wordsOfWays({reached, refused}: Ways): string[] {
  return [
    ...list('reached', reached),
    ...list(
      'refused',
      refused.map(({host}) => host),
    ),
  ]
}

function list(word: string, hosts: readonly string[]): string[] {
  if (hosts.length === 0) return []
  const more = hosts.length > MOST_NAMED ? ` and ${hosts.length - MOST_NAMED} more` : ''
  return [`${word} ${hosts.slice(0, MOST_NAMED).join(', ')}${more}`]
}
