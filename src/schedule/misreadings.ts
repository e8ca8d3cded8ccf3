import {isZone} from '../kit/zone.js'
import {nearestName} from '../workspace/names.js'
import type {Check, HeartbeatFile, HeartbeatWarning, QuietHours} from './check.js'
import {cronAfter} from './cron.js'

const ZONE =
  /(?<![\w/.:-])(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)\/[A-Za-z][\w/+-]*/g
const WRITTEN_ID = /<!--\s*mcos:[^>]*\bid=(\S+)/

/** What a HEARTBEAT.md says and can't mean, as far as nobody but a person can tell: each by its line. */
export function findMisreadings(
  text: string,
  {heartbeat, now, zone}: {readonly heartbeat: HeartbeatFile; readonly now: number; readonly zone: string},
): HeartbeatWarning[] {
  const lines = text.split(/\r?\n/)
  const zones = lines.flatMap((line, index) =>
    (line.match(ZONE) ?? [])
      .filter((name) => isAboutTime(line) && !isZone(name))
      .map((name) => ({line: index + 1, message: `${name} is no time zone: the fleet's own is taken`})),
  )
  const never = heartbeat.checks.flatMap(({cadence, line, cadenceLine, zone: own, title}) => {
    if (cadence.kind !== 'cron' || cronAfter(cadence.expression, now, own ?? zone) !== null) return []
    return [{line: cadenceLine ?? line, message: `"${title}" is never due: no day is as ${cadence.expression} says`}]
  })
  const calls = heartbeat.checks.filter(({off}) => !off).flatMap(({probes}) => probes)
  return [
    ...zones,
    ...twice(lines),
    ...never,
    ...unread(lines, heartbeat),
    ...silent(heartbeat),
    ...endless(calls),
    ...helpless(heartbeat),
  ]
}

/** Words of time that no cadence was made of: the check comes with every beat, or the quiet hours don't come at all. */
function unread(lines: readonly string[], {checks, quiet}: HeartbeatFile): HeartbeatWarning[] {
  const cadences = checks.flatMap(({kind, off, line, title, cadence, cadenceLine}): HeartbeatWarning[] => {
    if (kind !== 'check' || off || cadence.kind !== 'every-beat' || cadenceLine !== null) return []
    const said = /[(（]([^()（）]*)[)）]\s*#*\s*$/.exec(lines[line - 1] ?? '')?.[1] ?? ''
    if (!/\b(?:every|each|daily|hourly|weekly|monthly|yearly|once|twice|times|per)\b/i.test(said) && !isSlip(said))
      return []
    return [{line, message: `"${title}": no cadence was understood of “${said}”: it comes with every beat`}]
  })
  const at = quiet === null ? lines.findIndex((line) => UNREAD_QUIET.test(line)) : -1
  if (at === -1) return cadences
  return [...cadences, {line: at + 1, message: 'no hours were understood of this line: nothing is quiet'}]
}

/** `evry 2 hours`, `dayly`: its first word is nearly one of a cadence. */
function isSlip(said: string): boolean {
  const first = /^\s*([a-z]{4,})(?=[\s\d]|$)/i.exec(said)?.[1]?.toLowerCase()
  const near = first === undefined ? null : nearestName(first, RHYTHMS)
  return near !== null && near[0] === first?.[0] && Math.abs(near.length - (first?.length ?? 0)) <= 1
}

const RHYTHMS = ['every', 'daily', 'hourly', 'weekly', 'monthly']

const UNREAD_QUIET = /^[\W\d_]*quiet (?:hours?|time)\b.*\d/i

/** Judgement whose moment lies in the quiet hours, and is let go before they end. */
function silent({checks, quiet}: HeartbeatFile): HeartbeatWarning[] {
  if (quiet === null) return []
  return checks.flatMap((check): HeartbeatWarning[] => {
    const times = 'times' in check.cadence ? check.cadence.times : []
    const isLost = times.length > 0 && times.every((time) => isLetGo(time, check, quiet))
    if (check.kind !== 'check' || check.off || check.probes.length > 0 || check.zone !== quiet.zone || !isLost)
      return []
    const message = `"${check.title}" is due at ${times.join(', ')}, within the quiet hours ${quiet.from}-${quiet.to}, and let go before they end: it is never asked`
    return [{line: check.cadenceLine ?? check.line, message}]
  })
}

function isLetGo(time: string, {missed}: Check, {from, to}: QuietHours): boolean {
  const after = (start: string, end: string): number => (minutes(end) - minutes(start) + DAY) % DAY
  if (missed === 'run-once' || after(from, time) >= after(from, to)) return false
  const graceMinutes = missed === 'skip' ? 60 : missed.withinMs / 60_000
  return after(time, to) > graceMinutes
}

const DAY = 24 * 60

function minutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

/** A recovery is tried when a probe of its own check is in alert. */
function helpless({checks}: HeartbeatFile): HeartbeatWarning[] {
  return checks.flatMap(({off, recover, probes}): HeartbeatWarning[] => {
    if (off || recover === null || probes.length > 0) return []
    return [
      {
        line: recover.line,
        message: `\`recover: ${recover.text}\` is never run: its check has no probe that could ask for it`,
      },
    ]
  })
}

/** A bound that nothing can go past. */
function endless(calls: Check['probes']): HeartbeatWarning[] {
  return calls.flatMap(({word, args, line, text}): HeartbeatWarning[] => {
    const bound = word === 'disk' ? Number(/([\d.]+) ?%$/.exec(args)?.[1]) : 0
    if (bound < 100 && !(word === 'disk' && bound === 0)) return []
    return [{line, message: `\`${text}\` is ${bound === 0 ? 'never' : 'always'} true: say a share between 1 and 99`}]
  })
}

/** A heading, a comment or a line with a time of day; elsewhere a zone is only spoken of. */
function isAboutTime(line: string): boolean {
  return /^\s*(?:#|<!--)|\d{1,2}(?::\d\d|\s?[ap]m)/i.test(line)
}

function twice(lines: readonly string[]): HeartbeatWarning[] {
  const seen = new Map<string, number>()
  return lines.flatMap((line, index) => {
    const id = WRITTEN_ID.exec(line)?.[1]
    const first = id === undefined ? undefined : seen.get(id)
    if (id !== undefined && first === undefined) seen.set(id, index + 1)
    if (first === undefined) return []
    return [{line: index + 1, message: `id=${id} stands on line ${first} already: this check is known as ${id}-2`}]
  })
}
