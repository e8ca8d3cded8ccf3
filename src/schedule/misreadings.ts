import {isZone} from '../kit/zone.js'
import type {HeartbeatFile, HeartbeatWarning} from './check.js'
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
  return [...zones, ...twice(lines), ...never]
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
