import matter from 'gray-matter'
import {EXIT, isUserError, UserError, unreadable} from './errors.js'
import {parseYaml, type YamlDocument} from './yaml.js'

export interface Frontmatter {
  /** null: the file has none. */
  readonly head: YamlDocument | null
  readonly body: string
  /** The file's line on which the body begins. */
  readonly bodyLine: number
}

/** What a header may hold: more would let a hostile one take its time. */
const MAX_HEAD_BYTES = 16 * 1024
const MAX_HEAD_LINES = 800

/**
 * Splits a file into its header and its body. A header is YAML between a first line that is exactly `---` and the next
 * line that is; an opening line that names another language is refused unread. An opening `---` that never closes is a
 * rule, as Markdown has it. What stands between two `---` and is no map of YAML is an error, or, where `lenient`
 * (prose files), two rules with text between them.
 */
export function readFrontmatter(
  text: string,
  file: string,
  {lenient = false, fix}: {readonly lenient?: boolean; readonly fix?: string} = {},
): Frontmatter {
  const source = text.replace(/^\ufeff/, '').replace(/\r\n/g, '\n')
  const none = {head: null, body: source, bodyLine: 1}
  const first = source.split('\n', 1)[0] ?? ''
  if (lenient ? /^---[ \t]*[A-Za-z]+[ \t]*$/.test(first) : /^---[ \t]*[^\s-]/.test(first)) throw foreign(first, file)
  if (first.trimEnd() !== '---') return none
  const close = /\n---[ \t]*(?:\n|$)/.exec(source.slice(first.length))
  if (!close) return none
  const inner = source.slice(first.length + 1, first.length + close.index + 1)
  const body = source.slice(first.length + close.index + close[0].length)
  try {
    const head = readHead(inner, {file, fix})
    return {head, body, bodyLine: inner.split('\n').length + 2}
  } catch (error) {
    if (lenient && isUserError(error)) return none
    throw error
  }
}

/** The whole file again: the header as it stands, and the body byte for byte. */
export function writeFrontmatter(head: YamlDocument | string, body: string): string {
  const text = head.toString()
  return `---\n${text === '' || text.endsWith('\n') ? text : `${text}\n`}---\n${body}`
}

function readHead(inner: string, {file, fix}: {file: string; fix: string | undefined}): YamlDocument {
  const lines = inner.split('\n').length
  if (inner.length > MAX_HEAD_BYTES || lines > MAX_HEAD_LINES) {
    const expected = `frontmatter of at most ${MAX_HEAD_BYTES / 1024} KiB and ${MAX_HEAD_LINES} lines`
    throw unreadable({file, line: 1}, {expected, got: `${inner.length} characters`, fix: fix ?? `Shorten ${file}`})
  }
  const dashes = inner.split('\n').findIndex((line) => line.startsWith('---'))
  if (dashes >= 0) {
    const expected = 'a closing line that is exactly "---"'
    throw unreadable({file, line: dashes + 2}, {expected, got: 'more behind it', fix: fix ?? `Mend ${file}`})
  }
  const head = parseYaml(inner, {file, firstLine: 2, maxBytes: MAX_HEAD_BYTES, ...(fix === undefined ? {} : {fix})})
  const {data} = head
  if (data !== null && (typeof data !== 'object' || Array.isArray(data))) {
    throw unreadable({file, line: 2}, {expected: '"key: value" lines', got: kindOf(data), fix: fix ?? `Mend ${file}`})
  }
  insistOnYaml(inner, head)
  return head
}

/**
 * The library sees only what has been proved to be one YAML map, with every engine but ours refusing: by itself it runs
 * code from other headers, and ends a header at any line that merely begins with dashes.
 */
function insistOnYaml(inner: string, head: YamlDocument): void {
  const engine = {parse: () => (head.data ?? {}) as object}
  matter(`---\n${inner}---\n`, {language: 'yaml', delimiters: '---', engines: {...REFUSING, yaml: engine}})
}

const REFUSING = Object.fromEntries(
  ['js', 'javascript', 'json', 'coffee', 'coffeescript', 'cson', 'toml', 'yml'].map((language) => [
    language,
    {
      parse: (): object => {
        throw new UserError(`Frontmatter in ${language} is refused.`, {code: 'FRONTMATTER_LANGUAGE', fix: 'Use YAML.'})
      },
    },
  ]),
)

function foreign(first: string, file: string): UserError {
  const shown = JSON.stringify(first.length > 40 ? `${first.slice(0, 40)}…` : first)
  return new UserError(`${file}:1: expected "---" and YAML below it, got ${shown}; it was not read.`, {
    code: 'FRONTMATTER_LANGUAGE',
    fix: `Make the first line of ${file} just "---", and what follows YAML.`,
    exit: EXIT.usage,
  })
}

function kindOf(data: unknown): string {
  return Array.isArray(data) ? 'a list' : `a ${typeof data === 'string' ? 'text' : typeof data}`
}
