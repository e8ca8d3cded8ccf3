import type {Approved} from '../app/adopt/approve-adoption.js'
import type {Adopted} from '../app/adopt.js'
import {formatLack} from '../fleet/adopt/readiness.js'
import {shellWord} from '../kit/shell-word.js'
import {cleanLine, shorten} from '../kit/text.js'
import {formatSteps, type Step} from './next-steps.js'

const MOST_LINES = 20

/** What came along, what did not, what runs and what each check still lacks; then what to do next. */
export function presentAdopted(adopted: Adopted): string {
  const {agent, dry_run, mode, source} = adopted
  const again = `mcos adopt ${shellWord(source)} --name ${agent}${mode === 'copy' ? '' : ` --${mode}`}`
  const end = dry_run ? `Nothing was changed. To do it: ${again}` : formatSteps(adoptedSteps(adopted))
  return `${describeAdopted(adopted)}\n\n${end}`
}

/** The same without what comes next. */
export function describeAdopted(adopted: Adopted): string {
  const {left_out, secrets, old_runtime, warnings, stayed} = adopted
  return [
    headline(adopted),
    ...section(
      'An old runtime may still work here; two on one agent undo each other:',
      old_runtime,
      ({detail, fix}) => `${detail}  (${fix})`,
    ),
    ...section('Left where it was:', left_out, ({path, detail}) => `${path}: ${detail}`),
    ...section(
      'Looks like a secret, so it is on disk and not committed:',
      secrets.filter(({commit}) => commit === null),
      ({file, line, kind}) => `${file}:${line}: ${kind}`,
    ),
    ...section(
      'Looks like a secret and is committed already, so revoke it where it was given out:',
      secrets.filter(({commit}) => commit !== null),
      ({file, line, kind, commit}) => `${file}:${line}: ${kind}, since commit ${commit?.slice(0, 10)}`,
    ),
    ...section('Worth knowing:', warnings, (warning) => warning),
    ...(stayed > 0 ? ['', `${stayed} originals changed on the way and stayed where they were.`] : []),
    ...presentChecks(adopted),
    ...presentAsks(adopted),
  ].join('\n')
}

/** What an adopted agent needs from a person before it may do all it did. */
export function adoptedSteps({agent, path, asks_for}: Adopted): Step[] {
  const page = path === '.' ? 'ADOPTED.md' : `${path}/ADOPTED.md`
  return [
    [`$EDITOR ${page}`, `tick what it may; then: mcos adopt ${agent} --approve`],
    ...(asks_for.trust.length > 0
      ? ([[`mcos trust ${agent}`, 'shows the lines that code would run, and asks']] as const)
      : []),
    [`mcos heartbeat ${agent} --dry-run`, 'what was read, from which line, and when it is due'],
  ]
}

export function presentApproved({agent, granted, written, commit}: Approved): string {
  if (granted.length === 0) return 'Nothing is ticked in ADOPTED.md that the contract does not have already.'
  const lines = granted.map(({kind, value}) => `  ${cleanLine(`${kind}: ${value}`)}`)
  if (!written) return [`${agent} would be granted:`, ...lines, '', `mcos adopt ${agent} --approve --yes`].join('\n')
  return [`${agent} is granted:`, ...lines, ...(commit === null ? [] : [`Commit ${commit.slice(0, 7)}.`])].join('\n')
}

function headline({agent, dry_run, mode, source, home, path, files, bytes, commit}: Adopted): string {
  const verb = {copy: 'copied', move: 'moved', 'in-place': 'kept'}[mode]
  const size = bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
  const where = mode === 'in-place' ? `${source} is a home of its own` : `to ${home}/${path}`
  const done = dry_run ? `${agent} would be adopted` : `Adopted ${agent}`
  return `${done}: ${files} ${files === 1 ? 'file' : 'files'} (${size}) ${verb}, ${where}.${commit === null ? '' : ` Commit ${commit.slice(0, 7)}.`}`
}

function presentChecks({checks}: Adopted): string[] {
  const shown = checks.filter(({by}) => by !== 'nobody')
  const ready = shown.filter(({lacks}) => lacks.length === 0).length
  const rest = checks.length - shown.length
  const lines = shown.map(({line, title, cadence, by, lacks, guess}) => {
    const missing = lacks.length === 0 ? 'ready' : `lacks ${lacks.map(formatLack).join('; ')}`
    return `HEARTBEAT.md:${line}  ${shorten(cleanLine(title), 40)}  [${cadence}${guess === null ? '' : '?'}]  by ${by}, ${missing}`
  })
  const others =
    rest === 0
      ? ''
      : rest === 1
        ? ', 1 more section is a rule, a board or off'
        : `, ${rest} more sections are rules, boards or off`
  return ['', `Checks: ${ready} of ${shown.length} are performed as they stand${others}.`, ...limited(lines)]
}

function presentAsks({asks_for}: Adopted): string[] {
  const {hosts, commands, repos, trust, channels} = asks_for
  const counts = [
    [hosts.length, 'host', 'hosts'],
    [commands.length, 'command', 'commands'],
    [repos.length, 'repository', 'repositories'],
    [trust.length, 'line to trust', 'lines to trust'],
    [channels.length, 'channel', 'channels'],
  ] as const
  const asked = counts
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => `${count} ${count === 1 ? one : many}`)
  return asked.length === 0 ? [] : ['', `It asks for ${asked.join(', ')}. None of it is granted.`]
}

function section<T>(heading: string, entries: readonly T[], show: (entry: T) => string): string[] {
  return entries.length === 0 ? [] : ['', heading, ...limited(entries.map((entry) => cleanLine(show(entry))))]
}

function limited(lines: readonly string[]): string[] {
  const more = lines.length > MOST_LINES ? [`  and ${lines.length - MOST_LINES} more; --json has all`] : []
  return [...lines.slice(0, MOST_LINES).map((line) => `  ${line}`), ...more]
}
