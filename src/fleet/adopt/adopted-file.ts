import {cleanLine, shorten} from '../../kit/text.js'
import type {DraftContract, Proposal} from './draft-contract.js'
import type {LeftOut} from './left-out.js'
import {formatLack, type Readiness} from './readiness.js'
import type {RuntimeTrace} from './runtime.js'
import type {SecretFinding} from './secrets.js'

/** The page an adoption leaves in the workspace: what is asked for, line by line, and nothing of it granted. */
export const ADOPTED_FILE = 'ADOPTED.md'

export interface AdoptedPage {
  readonly agent: string
  readonly source: string
  readonly date: string
  readonly draft: DraftContract
  /** Lines that code would run, exactly as they stand. */
  readonly trust: readonly Proposal[]
  readonly checks: readonly Readiness[]
  readonly leftOut: readonly LeftOut[]
  readonly secrets: readonly SecretFinding[]
  readonly traces: readonly RuntimeTrace[]
}

const MOST_LISTED = 100

/** The page as it is written; boxes are for a person to tick, and only `mcos adopt NAME --approve` reads them. */
export function formatAdopted(page: AdoptedPage): string {
  const {agent, draft} = page
  return [
    `# Adopted: ${agent}`,
    '',
    `From ${inline(page.source)} on ${page.date}. Every file came as it was. Nothing below is granted yet: until you say so,`,
    `${agent} reads and writes its own folder, logs, sends messages and raises P3, and no command of it runs.`,
    '',
    '## What it asks for',
    '',
    'Tick what you grant, then run `mcos adopt ' +
      agent +
      ' --approve`: it shows the lines once more and puts them into the',
    'contract in SOUL.md. What you leave unticked stays refused.',
    '',
    ...boxes('Hosts it may fetch from', 'host', draft.hosts),
    ...boxes('Commands an engine may run for it', 'command', draft.commands),
    ...boxes('Repositories outside its folder', 'repo', draft.repos),
    ...trustSection(agent, page.trust),
    ...channelSection(draft.channels),
    '## Its checks',
    '',
    '| line | check | when | performed by | lacks |',
    '|---|---|---|---|---|',
    ...page.checks.map(checkRow),
    '',
    ...guesses(page.checks),
    ...list(
      '## Left where it was',
      page.leftOut.map(({path, detail}) => `${inline(path)}: ${cleanLine(detail)}`),
    ),
    ...list('## Looks like a secret', page.secrets.filter(({commit}) => commit === null).map(secretLine), SECRETS_NOTE),
    ...list(
      '## Looks like a secret, and is committed',
      page.secrets.filter(({commit}) => commit !== null).map(secretLine),
      COMMITTED_NOTE,
    ),
    ...list(
      '## The old runtime',
      page.traces.map(({detail, fix}) => `${cleanLine(detail)}: ${inline(fix)}`),
    ),
  ].join('\n')
}

const SECRETS_NOTE =
  'These files are on disk and not committed. Replace the value by a reference (`env:NAME`), revoke the token, then `mcos commit`.'

const COMMITTED_NOTE =
  'The history holds these, and keeps them whatever the files say now: revoke each where it was given out.'

function secretLine({file, line, kind, commit}: SecretFinding): string {
  return `${inline(file)}:${line}: ${kind}${commit === null ? '' : ` (since commit ${commit.slice(0, 10)})`}`
}

/** What a person has ticked, by kind. */
export interface Ticked {
  readonly hosts: readonly string[]
  readonly commands: readonly string[]
  readonly repos: readonly string[]
}

const TICKED = /^- \[[xX]\] (host|command|repo): (`+) ?(.+?) ?\2(?: {2}|$)/

/** Reads the ticked boxes; any other line is prose. */
export function parseTicked(text: string): Ticked {
  const found = text.split(/\r?\n/).flatMap((line) => {
    const [, kind = '', , value = ''] = TICKED.exec(line) ?? []
    return kind === '' ? [] : [{kind, value}]
  })
  const of = (kind: string) => found.filter((entry) => entry.kind === kind).map(({value}) => value)
  return {hosts: of('host'), commands: of('command'), repos: of('repo')}
}

function boxes(title: string, word: string, proposals: readonly Proposal[]): string[] {
  if (proposals.length === 0) return []
  return [
    `### ${title}`,
    '',
    ...proposals.map(({value, file, line}) => `- [ ] ${word}: ${code(value)}  (${file}:${line})`),
    '',
  ]
}

function trustSection(agent: string, trust: readonly Proposal[]): string[] {
  if (trust.length === 0) return []
  return [
    '### Lines that code would run',
    '',
    `These run without a shell, on this machine only, once you have seen them in \`mcos trust ${agent}\`:`,
    '',
    ...trust.map(({value, file, line}) => `- ${code(value)}  (${file}:${line})`),
    '',
  ]
}

function channelSection(channels: readonly Proposal[]): string[] {
  const lines = channels.map(({value, file, line}) => `${value}  (${file}:${line})`)
  return list(
    '### Ways to reach people that it speaks of',
    lines,
    'They are set up in mcos.yaml under `channels:`, by you.',
  )
}

function checkRow({line, title, kind, cadence, by, lacks}: Readiness): string {
  const who = by === 'nobody' ? `nobody (${kind === 'check' ? 'off' : kind})` : by
  const missing = lacks.map(formatLack).join(', ') || '-'
  return `| ${line} | ${cell(title)} | ${by === 'nobody' ? '-' : cadence} | ${who} | ${cell(missing)} |`
}

function guesses(checks: readonly Readiness[]): string[] {
  const lines = checks.flatMap(({guess, title, line, cadence}) =>
    guess === null
      ? []
      : [`- [ ] HEARTBEAT.md:${line} ${inline(title)}: read as ${inline(cadence)}. ${cleanLine(guess)}`],
  )
  if (lines.length === 0) return []
  return [
    '### Cadences to look at',
    '',
    'Where it is wrong, put `<!-- mcos: every=2h -->` under the heading.',
    '',
    ...lines,
    '',
  ]
}

function list(heading: string, lines: readonly string[], note?: string): string[] {
  if (lines.length === 0) return []
  const more = lines.length > MOST_LISTED ? [`- and ${lines.length - MOST_LISTED} more`] : []
  return [
    heading,
    '',
    ...(note ? [note, ''] : []),
    ...lines.slice(0, MOST_LISTED).map((line) => `- ${line}`),
    ...more,
    '',
  ]
}

/** A value in a code span that no back-tick of its own can end. */
function code(value: string): string {
  const text = cleanLine(value)
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const marks = '`'.repeat(longest + 1)
  return longest > 0 ? `${marks} ${text} ${marks}` : `${marks}${text}${marks}`
}

function inline(text: string): string {
  return code(shorten(text, 200))
}

function cell(text: string): string {
  return shorten(cleanLine(text), 120).replaceAll('|', '\\|')
}
