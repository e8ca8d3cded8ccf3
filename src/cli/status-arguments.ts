/** `mcos status` as it was typed. */
export interface StatusLine {
  readonly home?: string
  readonly plain: boolean
  readonly json: boolean
}

/** Reads the ways of one look; null for anything else, `--watch` too, which oclif then explains in its own words. */
export function parseStatusLine(argv: readonly string[]): StatusLine | null {
  let line: StatusLine = {plain: false, json: false}
  const words = argv.values()
  for (const word of words) {
    if (word === '--plain' || word === '--json') line = {...line, [word.slice(2)]: true}
    else if (word === '--home') line = {...line, home: words.next().value ?? ''}
    else if (word.startsWith('--home=')) line = {...line, home: word.slice('--home='.length)}
    else return null
    if (line.home === '') return null
  }
  return line
}
