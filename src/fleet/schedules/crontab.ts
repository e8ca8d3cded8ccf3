/** A crontab taken apart: our block of one fleet, and what stands before and behind it, byte for byte. */
interface CrontabParts {
  readonly before: string
  /** The lines between the markers; null: there is no block. */
  readonly lines: readonly string[] | null
  readonly after: string
}

/** The lines of a fleet's block; null: there is none. */
export function blockLines(crontab: string, home: string): readonly string[] | null {
  return parseCrontab(crontab, home).lines
}

/** The homes that have a block, with the line from 1 at which each begins. */
export function blocksIn(crontab: string): {readonly home: string; readonly line: number}[] {
  return crontab.split('\n').flatMap((text, index) => {
    const home = text.replace(/\r$/, '').startsWith(BEGIN) ? text.replace(/\r$/, '').slice(BEGIN.length) : ''
    return home === '' || blockLines(crontab, home) === null ? [] : [{home, line: index + 1}]
  })
}

/**
 * The crontab with these lines as the fleet's block, in its place or else at the end; with none the block goes. Nothing
 * else changes but that a last line without its newline gets one, as cron would not read it otherwise.
 */
export function withBlock(crontab: string, home: string, lines: readonly string[]): string {
  const {before, lines: known, after} = parseCrontab(crontab, home)
  const block = formatBlock(home, lines)
  if (known !== null) return `${before}${block}${after}`
  return block === '' ? crontab : `${withNewline(crontab)}${block}`
}

/** The block as it stands in the crontab; without lines there is none. */
export function formatBlock(home: string, lines: readonly string[]): string {
  if (lines.length === 0) return ''
  return [beginOf(home), ...lines, endOf(home)].map((line) => `${line}\n`).join('')
}

/** The variables that lines of a crontab set for those below them, by name. */
export function variablesIn(lines: readonly string[]): string[] {
  return lines.flatMap((line) => /^\s*["']?([A-Za-z_]\w*)["']?\s*=/.exec(line)?.[1] ?? [])
}

function parseCrontab(crontab: string, home: string): CrontabParts {
  const lines = crontab.match(/[^\n]*\n|[^\n]+$/g) ?? []
  const is = (line: string, marker: string): boolean => line.replace(/\r?\n$/, '') === marker
  // A marker that lost the other, whichever, is a comment like any other.
  const first = lines.findIndex((line) => is(line, beginOf(home)))
  const end = lines.findIndex((line, index) => first >= 0 && index > first && is(line, endOf(home)))
  const begin = lines.slice(0, Math.max(end, 0)).findLastIndex((line) => is(line, beginOf(home)))
  if (begin < 0) return {before: crontab, lines: null, after: ''}
  return {
    before: lines.slice(0, begin).join(''),
    lines: lines.slice(begin + 1, end).map((line) => line.replace(/\n$/, '')),
    after: lines.slice(end + 1).join(''),
  }
}

const BEGIN = '# >>> mcos service: '

function beginOf(home: string): string {
  return `${BEGIN}${home}`
}

function endOf(home: string): string {
  return `# <<< mcos service: ${home}`
}

function withNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}
