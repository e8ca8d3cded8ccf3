import {isRecord} from '../kit/is-record.js'
import {cleanLine, shorten} from '../kit/text.js'

/** What oclif says about flags and arguments, in the words of this house: which one, and what it takes. */
export function usageWords(error: Error): string {
  return missingArguments(error) ?? tooManyWords(error) ?? dashedText(error) ?? rewritten(plain(error.message))
}

/** Without the pointer to the help, the frame round a reason, and advice that isn't so here: flags take one value each time. */
function plain(message: string): string {
  return message
    .replace(/\n+See more help with --help\s*$/, '')
    .replace(/\n+Note: --[\w-]+ allows multiple values[\s\S]*$/, '')
    .replace(/^The following errors? occurred:\n\s*/, '')
}

const REWRITES: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/^Nonexistent flags?: (.+)$/s, 'There is no flag $1.'],
  [/^Missing required flag (\S+)$/, '--$1 is missing.'],
  [/^Flag (--\S+) expects a value$/, '$1 takes a value, and none was given.'],
  [/^Flag (--\S+) can only be specified once$/, '$1 was given twice.'],
  [/^--([\w-]+)=.* cannot also be provided when using --([\w-]+)$/s, '--$1 and --$2 exclude each other.'],
  [/^Expected (--[\w-]+)=(.*) to be one of: (.+)$/s, '$1 takes one of $3, not "$2".'],
  [/^Expected (.*) to be one of: (.+)$/s, '"$1" is none of $2.'],
  [/^All of the following must be provided when using --([\w-]+): (.+)$/, '--$1 goes only with $2.'],
  [
    /^Parsing (--[\w-]+) *\n\s*Expected an integer greater than or equal to (-?\d+) but received: (.*)$/s,
    '$1 takes a number of at least $2, not "$3".',
  ],
  [
    /^Parsing (--[\w-]+) *\n\s*Expected an integer less than or equal to (-?\d+) but received: (.*)$/s,
    '$1 takes a number of at most $2, not "$3".',
  ],
  [/^Parsing (--[\w-]+) *\n\s*Expected an integer but received: (.*)$/s, '$1 takes a number, not "$2".'],
]

function rewritten(message: string): string {
  const found = REWRITES.find(([pattern]) => pattern.test(message))
  return found === undefined ? message : message.replace(...found)
}

/** oclif hands on what it looked for: `TITLE is missing: what is wrong, in one line.` */
function missingArguments(error: Error): string | null {
  if (!error.message.startsWith('Missing ') || !('args' in error) || !Array.isArray(error.args)) return null
  const lines = error.args.filter(isRecord).map(({name, description, options}) => {
    const what = `${String(name).toUpperCase()} is missing`
    const choice = Array.isArray(options) ? ` (${options.join(', ')})` : ''
    return typeof description === 'string'
      ? `${what}: ${description.replace(/\.$/, '')}${choice}.`
      : `${what}${choice}.`
  })
  return lines.length === 0 ? null : lines.join('\n')
}

/** The arguments that are sentences; whoever forgot the quotes sees each word of one counted. */
const SENTENCES = ['text', 'title', 'fact']

/** No flag has a blank in it: it is a bullet, or a text that happens to begin with a dash. */
function dashedText(error: Error): string | null {
  if (!error.message.startsWith('Nonexistent flag') || !('flags' in error) || !Array.isArray(error.flags)) return null
  const text: unknown = error.flags.find((flag) => typeof flag === 'string' && /\s/.test(flag))
  if (typeof text !== 'string') return null
  const shown = JSON.stringify(shorten(cleanLine(text), 60))
  return `${shown} begins with a dash, so it was read as a flag. Put -- before it, and flags before that.`
}

function tooManyWords(error: Error): string | null {
  if (!error.message.startsWith('Unexpected argument') || !('args' in error) || !Array.isArray(error.args)) return null
  const many = error.args.length > 1
  const what = `${error.args.map((word) => JSON.stringify(word)).join(', ')} ${many ? 'are words' : 'is a word'} too many.`
  const known = 'parse' in error && isRecord(error.parse) && isRecord(error.parse['input']) ? error.parse['input'] : {}
  const last = isRecord(known['args']) ? Object.keys(known['args']).at(-1) : undefined
  return last !== undefined && SENTENCES.includes(last)
    ? `${what} ${last.toUpperCase()} is one argument: put quotes round it.`
    : what
}
