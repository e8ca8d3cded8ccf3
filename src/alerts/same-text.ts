import type {Alert} from '../workspace/alert-file.js'
import {sharedOrigin} from '../workspace/alert-origin.js'

/** As much of two titles' words has to agree for them to say the same. */
const SAME_SHARE = 0.8
/** As much of a line's words has to stand in an alert already for it to be no sight of one's own. */
const HEARSAY_SHARE = 0.75

const PASSAGES: readonly RegExp[] = [
  // Times, ids and amounts of time come first: what is left of numbers is counted below.
  /\d{4}-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?)?/g,
  /\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]m)?/g,
  /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g,
  /\b[0-7][0-9a-hjkmnp-tv-z]{25}\b/g,
  /\b(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,64}\b/g,
  /\d+(?:[.,]\d+)?\s*(?:seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|%)(?![a-z])/g,
  /\d+(?:[.,]\d+)*/g,
]

/** What a text says whatever its numbers, ids and times are: two alerts of one kind have the same. */
export function foldText(text: string): string {
  const folded = PASSAGES.reduce((left, passage) => left.replace(passage, '#'), text.normalize('NFKC').toLowerCase())
  return folded
    .replace(/[^\p{L}\p{M}#]+/gu, ' ')
    .replace(/#(?:[ #]*#)*/g, '#')
    .trim()
}

/** Whether two titles say the same, also in another order or with a word more. */
export function isSameText(one: string, other: string): boolean {
  const [some, others] = [wordsOf(one), wordsOf(other)]
  if (foldText(one) === foldText(other)) return true
  const shared = [...some].filter((word) => others.has(word)).length
  return shared > 0 && shared / new Set([...some, ...others]).size >= SAME_SHARE
}

/** Whether somebody has seen something themselves, and not read it in the alert or where the alert was read. */
export function hasOwnEvidence({evidence, origin}: Pick<Alert, 'evidence' | 'origin'>, known: Alert): boolean {
  if (sharedOrigin(origin, known.origin) !== null) return false
  return evidence.some((line) => !isHearsay(line, known))
}

function isHearsay(line: string, {id, by, title, evidence}: Alert): boolean {
  const folded = foldText(line)
  if (folded === '' || line.toUpperCase().includes(id.slice(0, 12))) return true
  if (` ${folded} `.includes(` ${foldText(by)} `)) return true
  if ([title, ...evidence].some((told) => folded.includes(foldText(told)) || foldText(told).includes(folded)))
    return true
  const told = wordsOf([title, ...evidence].join(' '))
  const words = [...wordsOf(line)]
  return words.filter((word) => told.has(word)).length / words.length >= HEARSAY_SHARE
}

function wordsOf(text: string): Set<string> {
  return new Set(foldText(text).split(' '))
}
