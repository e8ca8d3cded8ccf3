import {type Feature, READ} from './cadence-scan.js'
import {DOUBT, FILLER, GENERIC} from './cadence-words.js'
import type {Cadence} from './check.js'
import {anyOf} from './words.js'

/** A text, what was read in it, and what is left of it. */
export interface Said {
  features: readonly Feature[]
  folded: string
  /** As long as `folded`, with what was read blotted out. */
  rest: string
  /** A heading's own words, which may be a name. */
  isName: boolean
  text: string
}

const SEGMENT_END = /[|·•;,、→()[\]【】「」]+| [-/] |: |(?<!\d):|:(?!\d)|->/gu
const DOUBTS = new RegExp(`${anyOf(DOUBT)}|n t(?![a-z])`, 'u')
const FILLERS = new RegExp(anyOf(FILLER), 'gu')
const GENERICS = new RegExp(anyOf(GENERIC), 'gu')
/** Said with "every" it is no name; 每日 and 每周 are left out, as they begin names too (每日日记). */
const SAID_WITH_EVERY =
  /^(?:every|each|jede|chaque|tous|toutes|tod[ao]s?|cada|elke|iedere|varje|кажд|每天|毎朝|毎晩|每晚|每早)/u

/** Why a reading is not certain: a name may hold the word, or something beside it takes it back. */
export function doubtOf(said: Said, cadence: Cadence): string | null {
  const {features, folded, isName, text} = said
  if (DOUBTS.test(said.rest)) return `“${text}” may be an exception, or be run by something else`
  if (cadence.kind === 'every-beat') return null
  if (features.some((feature) => isStrong(feature, folded)) || isTimed(features)) return null
  if (features.every((feature) => isAlone(feature, said))) return null
  const [first] = features
  const word = first ? folded.slice(first.start, first.end).trim() : ''
  return isName ? `“${word}” may be part of the name “${text}”` : `only “${word}” was understood of “${text}”`
}

/** Whether nothing but time and the words that routines are called stands between the separators round a feature. */
export function isAlone(feature: Feature, said: Said): boolean {
  const plain = segmentOf(feature, said).replaceAll(READ, ' ').replace(FILLERS, ' ')
  const left = feature.kind === 'off' ? plain : plain.replace(GENERICS, ' ')
  return !/[\p{L}\p{N}]/u.test(left)
}

function isStrong(feature: Feature, folded: string): boolean {
  if (feature.kind === 'every') return !feature.isBare
  if (feature.kind === 'per-day' || feature.kind === 'per-week') return true
  return SAID_WITH_EVERY.test(folded.slice(feature.start, feature.end).trim())
}

/** A clock time or a day of the month together with a rhythm or a part of the day is no chance. */
function isTimed(features: readonly Feature[]): boolean {
  if (
    features.some((feature) => feature.kind === 'month-day' && !feature.isBare) &&
    features.some(({kind}) => kind === 'monthly')
  )
    return true
  const hasTime = features.some(({kind}) => kind === 'time')
  return (
    hasTime && features.some(({kind}) => ['daily', 'weekly', 'monthly', 'weekdays', 'part', 'month-day'].includes(kind))
  )
}

function segmentOf({start, end}: Feature, {folded, rest}: Said): string {
  const before = [...folded.slice(0, start).matchAll(SEGMENT_END)].at(-1)
  const after = folded.slice(end).search(SEGMENT_END)
  return rest.slice(before ? before.index + before[0].length : 0, after < 0 ? rest.length : end + after)
}
