import {nearestName} from '../workspace/names.js'
import type {ProbeCall} from './check.js'
import type {Line} from './lines.js'

/** The probes of a stretch of text, the command that recovers, and spans that nearly are one. */
export interface Calls {
  probes: ProbeCall[]
  recover: {text: string; line: number} | null
  warnings: {line: number; message: string}[]
}

/** What has to follow the word for the span to be a probe; anything else is prose. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  inbox: /^$/,
  tasks: /^$/,
  clock: /^$/,
  mail: /^[\p{L}\p{N}][\p{L}\p{N}._@-]*$|^$/u,
  http: /^https?:\/\/\S+(?: expect [1-5]\d\d)?(?: match \S.*)?$/,
  files: /^(?:[^\s-].*[*?[{/.].*|[*./~].*)$/u,
  // `git add/commit` speaks of commands
  git: /^(?!(?:add|branch|checkout|clone|commit|diff|fetch|init|log|merge|pull|push|rebase|remote|reset|restore|show|stash|status|switch|tag|worktree)(?:\/|$))(?:\.{1,2}|(?:~|\.{1,2})?\/.*|[^\s/-][^/]*\/.*)$/u,
  metric: /^[\p{L}\p{N}][\p{L}\p{N}._/-]* ?(?:>=|<=|==|!=|=|>|<) ?-?\d+(?:\.\d+)?%?$/u,
  disk: /^\S+ (?:<|<=) ?\d{1,3}(?:\.\d+)? ?%$/,
}
const QUOTED = /^(["'])(.+)\1$/u
/** A span that begins like one of these was meant as a probe; `git status` or `tasks.md` was not. */
const NEARLY = [
  /^http [^\s/]+\.[^\s]/,
  /^http https?:/,
  /^(?!inbox$|index$)i[nm]?b\w{1,6}$/,
  /^disk \S*\/?\S* ?[<>]/,
  /^metric \S+ ?[<>=!]/,
  /^run: *$/,
  /^recover: *$/,
]

/** Reads the code spans of lines outside fences. */
export function readCalls(lines: readonly Line[]): Calls {
  const calls: Calls = {probes: [], recover: null, warnings: []}
  const keys = new Set<string>()
  for (const {text, line, isFenced} of lines) {
    if (isFenced || !text.includes('`')) continue
    for (const span of codeSpans(text)) {
      const command = /^recover: *(\S.*)$/u.exec(span)?.[1]
      if (command !== undefined) {
        if (calls.recover)
          calls.warnings.push({line, message: `a second recover: only \`${calls.recover.text}\` is run`})
        else calls.recover = {text: command, line}
        continue
      }
      const probe = parseProbe(span, line)
      if (probe && !keys.has(probe.key)) {
        keys.add(probe.key)
        calls.probes.push(probe)
      }
      if (!probe && isNearly(span)) {
        calls.warnings.push({
          line,
          message: `\`${span.slice(0, 80)}\` looks like a probe but isn't one: it is read as prose`,
        })
      }
    }
  }
  return calls
}

/** Also where a letter of the word is wrong and all that follows fits: `htpp https://…`. */
function isNearly(span: string): boolean {
  if (NEARLY.some((near) => near.test(span))) return true
  const [, word = '', rest = ''] = /^(\p{L}+) +(\S.*)$/u.exec(span) ?? []
  if (rest === '' || Object.hasOwn(SHAPES, word.toLowerCase())) return false
  const meant = nearestName(word.toLowerCase(), ['http', 'files', 'disk', 'metric'])
  return meant !== null && SHAPES[meant]?.test(rest) === true
}

/** The probe that a code span is; null for prose. */
export function parseProbe(span: string, line: number): ProbeCall | null {
  const command = /^run: *(\S.*)$/u.exec(span)?.[1]
  if (command !== undefined) return {word: 'run', args: command, text: span, line, key: `run ${command}`}
  const [, word = '', rest = ''] = /^([a-z]+)(?: +(.*))?$/u.exec(span) ?? []
  const written = rest.replace(/ +/g, ' ').trim()
  const isPath = word === 'git' || word === 'files'
  const quoted = isPath ? QUOTED.exec(written) : null
  // a path with blanks needs its quotes, or `files and folders` would be a probe
  if (isPath && !quoted && written.includes(' ')) return null
  const args = quoted?.[2] ?? written
  const shape = Object.hasOwn(SHAPES, word) ? SHAPES[word] : undefined
  if (!shape?.test(args)) return null
  return {word, args, text: span, line, key: args === '' ? word : `${word} ${args}`}
}

/** The contents of a line's code spans, by CommonMark's rule of equal runs of backticks. */
function codeSpans(text: string): string[] {
  const runs = [...text.matchAll(/`+/g)].map((run) => ({start: run.index ?? 0, length: run[0].length}))
  const nextSame: number[] = []
  const seen = new Map<number, number>()
  for (let index = runs.length - 1; index >= 0; index--) {
    const length = runs[index]?.length ?? 0
    nextSame[index] = seen.get(length) ?? -1
    seen.set(length, index)
  }
  const spans: string[] = []
  for (let index = 0; index < runs.length; index++) {
    const close = nextSame[index] ?? -1
    const [from, to] = [runs[index], runs[close]]
    if (!from || !to) continue
    spans.push(text.slice(from.start + from.length, to.start).trim())
    index = close
  }
  return spans
}
