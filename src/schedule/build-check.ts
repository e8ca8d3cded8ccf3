import type {Cadence, Check, HeartbeatWarning} from './check.js'
import {isEmptyLine} from './empty.js'
import type {Line} from './lines.js'
import {isItem, isOffHeading, isOffItem, isOffLine} from './off.js'
import type {Listed} from './outline.js'
import {readCalls} from './probe-calls.js'
import {isReplyLine} from './reply-line.js'

interface Ground {
  giveId: (wanted: string | null, title: string) => string
  warnings: HeartbeatWarning[]
}

interface Rhythm {
  cadence: Cadence
  line: number | null
  guess: string | null
  zone: string | null
}

/** One listed section as the check, policy or board that it is. */
export function buildCheck(listed: Listed, {giveId, warnings}: Ground): Check {
  const {section, heading, settings} = listed
  warnings.push(...settings.warnings)
  const lines = withoutOffItems(listed.lines)
  const calls = readCalls([{text: section.heading, line: section.line, isFenced: false}, ...lines])
  const kind = listed.kind === 'check' && isOnlyReplyRule(lines, calls.probes.length) ? 'policy' : listed.kind
  const title = heading.title || 'Heartbeat'
  const rhythm = rhythmOf(listed)
  const off = kind === 'check' && (isOff(listed, lines) || rhythm.cadence.kind === 'off')
  const common = {
    id: giveId(settings.id, title),
    title,
    line: section.line,
    kind,
    prose: lines
      .map(({text}) => text)
      .join('\n')
      .trim(),
    timeoutMs: inherited(listed, ({timeoutMs}) => timeoutMs),
    missed: inherited(listed, ({missed}) => missed) ?? 'run-once',
    zone: rhythm.zone,
  }
  const isRun = kind === 'check' && !off
  if (kind === 'check') warnings.push(...calls.warnings)
  for (const {line, text} of kind === 'check' ? [] : calls.probes) {
    warnings.push({line, message: `\`${text}\` stands in a section of kind ${kind}: it is not asked`})
  }
  return {
    ...common,
    cadence: isRun ? rhythm.cadence : {kind: 'off'},
    cadenceLine: isRun ? rhythm.line : null,
    guess: isRun ? rhythm.guess : null,
    off,
    probes: isRun ? calls.probes : [],
    recover: isRun ? calls.recover : null,
  }
}

/** Comment, label line, heading, then what the parent says, then every beat. */
function rhythmOf({section, settings, heading, parent}: Listed): Rhythm {
  const own = settings.cadence ?? heading.cadence
  const up = parent ? rhythmOf(parent) : null
  const zone = settings.zone ?? own?.zone ?? up?.zone ?? null
  if (own) {
    const line = settings.cadence ? settings.cadenceLine : section.line
    return {cadence: own.cadence, line, guess: settings.problem ?? own.guess, zone}
  }
  // a title's doubtful word must not set the pace of the whole file
  if (up && up.guess === null && up.line !== null) return {...up, guess: settings.problem, zone}
  return {cadence: {kind: 'every-beat'}, line: null, guess: settings.problem, zone}
}

function inherited<Value>(listed: Listed, pick: (settings: Listed['settings']) => Value | null): Value | null {
  return pick(listed.settings) ?? (listed.parent ? inherited(listed.parent, pick) : null)
}

function isOff(listed: Listed, kept: readonly Line[]): boolean {
  const {section, lines, settings, heading} = listed
  if (isOffHeading(section.heading)) return true
  if (lines.some(({text, isFenced}) => !isFenced && isOffLine(text))) return true
  const items = outerItems(lines)
  if (items.length > 0 && items.every(({text}) => isOffItem(text))) return true
  const namesCadence = settings.cadence !== null || heading.cadence?.guess === null
  return !namesCadence && kept.every(isEmptyLine)
}

/** Items as far left as any; what is indented under them belongs to them. */
function outerItems(lines: readonly Line[]): Line[] {
  const items = lines.filter(({text, isFenced}) => !isFenced && isItem(text) && !isEmptyLine({text, isFenced, line: 0}))
  const ticked = lines.filter(({text, isFenced}) => !isFenced && isItem(text) && isOffItem(text))
  const all = [...new Set([...items, ...ticked])]
  const left = Math.min(...all.map(({text}) => indent(text)))
  return all.filter(({text}) => indent(text) === left)
}

function withoutOffItems(lines: readonly Line[]): Line[] {
  const kept: Line[] = []
  let offIndent: number | null = null
  for (const line of lines) {
    const isBlank = line.text.trim() === ''
    if (offIndent !== null && !isBlank && indent(line.text) <= offIndent) offIndent = null
    if (offIndent === null && !line.isFenced && isOffItem(line.text)) offIndent = indent(line.text)
    if (offIndent === null) kept.push(line)
  }
  return kept
}

function isOnlyReplyRule(lines: readonly Line[], probes: number): boolean {
  const said = lines.filter((line) => !isEmptyLine(line))
  return probes === 0 && said.length > 0 && said.every(({text}) => isReplyLine(text))
}

function indent(text: string): number {
  return /^\s*/.exec(text)?.[0].length ?? 0
}
