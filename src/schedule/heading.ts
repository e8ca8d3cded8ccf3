import {type CadenceReading, readCadence} from './cadence.js'
import {formatCadence} from './format.js'

/** A heading taken apart: its name, and what it says of a cadence. */
export interface Heading {
  title: string
  cadence: CadenceReading | null
}

const TAIL = /^(.*?)\s*([([{（【「]([^()[\]{}（）【】「」]{1,120})[)\]}）】」])\s*[^\p{L}\p{N}()[\]（）]*$/u
const MOST_BRACKETS = 4
const DAY_ALONE =
  /^.\s*(?:(?:on the|the|on|am|le|el|den|dia|día|day|tag|op de)\s+)?\d{1,2}(?:st|nd|rd|th|号|號|日|\.|º)?\s*.$/iu

/** The bracketed tail comes first, the rest of the heading after it. */
export function readHeadingCadence(heading: string): Heading {
  const plain = plainHeading(heading)
  const brackets: string[] = []
  let rest = plain
  for (let tail = TAIL.exec(rest); tail && brackets.length < MOST_BRACKETS; tail = TAIL.exec(rest)) {
    brackets.unshift(tail[2] ?? '')
    rest = tail[1] ?? ''
  }
  for (const bracket of brackets) {
    const cadence = readCadence(bracket.slice(1, -1), 'bracket')
    if (!cadence) continue
    const others = brackets.filter((other) => other !== bracket).join(' ')
    return {title: `${rest} ${others}`.trim() || plain, cadence: besideName(cadence, {bracket, rest})}
  }
  // "Monthly (15th)": a day alone says nothing, beside the heading it does
  const words = brackets.length > 0 && !brackets.some((bracket) => DAY_ALONE.test(bracket)) ? rest : plain
  return {title: plain, cadence: readCadence(words, 'heading')}
}

/** What the rest of the heading adds: a rhythm for a bare time ("Weekdays (9:00)"), or certainty when both say the same. */
function besideName(cadence: CadenceReading, {bracket, rest}: {bracket: string; rest: string}): CadenceReading {
  if (cadence.guess === null && !cadence.isTimeOnly) return cadence
  const named = readCadence(rest, 'heading')
  if (!named) return cadence
  if (cadence.isTimeOnly && ['daily', 'weekly', 'monthly'].includes(named.cadence.kind)) {
    const joined = readCadence(`${rest} ${bracket.slice(1, -1)}`, 'heading')
    return joined && joined.cadence.kind === named.cadence.kind
      ? {...joined, zone: cadence.zone ?? joined.zone}
      : cadence
  }
  return formatCadence(named.cadence) === formatCadence(cadence.cadence) ? {...cadence, guess: null} : cadence
}

/** Without emphasis, strike-through, code marks and a box; links keep their words. */
function plainHeading(heading: string): string {
  return heading
    .replace(/^\s*(?:[-*]\s+)?\[[ xX✓✔]\]\s*/u, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/gu, '$1')
    .replace(/\*\*|__|~~|`/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
}
