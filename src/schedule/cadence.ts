import {scanCadence} from './cadence-scan.js'
import type {Cadence} from './check.js'
import {combine} from './combine.js'
import {cronProblem} from './cron.js'
import {doubtOf, isAlone, type Said} from './doubt.js'
import {fold} from './words.js'
import {takeZone} from './zone-words.js'

/** What a text says of a cadence. */
export interface CadenceReading {
  cadence: Cadence
  zone: string | null
  /** Why it may mean something else; null when it is plain. */
  guess: string | null
  /** It names a time of the day and no rhythm; what stands beside it may have one. */
  isTimeOnly: boolean
}

/** A bracket or a label's value is about time; a heading is a name that may hold a time. */
export type CadencePlace = 'bracket' | 'heading' | 'value'

const LONGEST = 300
const CRON_WRITTEN = /^\s*cron\s*[:=]?\s*["'`“]([^"'`”]+)["'`”]\s*$/iu
const CRON_FIELD = '(?:\\*|[\\d*][\\d*/,L-]*|[a-z]{3}(?:[-,][a-z]{3})*|\\?)'
const CRON_BARE = new RegExp(
  `^\\s*(?:cron\\s*[:=]?\\s*)?["'\`]?(${CRON_FIELD}(?:\\s+${CRON_FIELD}){4})["'\`]?\\s*$`,
  'iu',
)
const NUMBERING = /^\s*(?:\d{1,2}[.)]|[一二三四五六七八九十]+[、.])\s*/u
const CLOCK: readonly string[] = ['time', 'window', 'part', 'named-time']
const MARKS = /[*_`"'“”]+/gu

/** Reads a cadence out of a bracket, a heading or a value; null when nothing in it is one. */
export function readCadence(text: string, place: CadencePlace): CadenceReading | null {
  const short = text.slice(0, LONGEST)
  const cron = readCron(short)
  if (cron) return cron
  const {zone, rest: timed} = takeZone(place === 'heading' ? short.replace(NUMBERING, '') : short)
  const folded = fold(timed.replace(MARKS, ' ').replace(/早晚|朝晩|朝夕/gu, '早上晚上'))
  const {features, rest} = scanCadence(folded)
  const said: Said = {features, folded, rest, isName: place === 'heading', text: short.trim()}
  const counted = features.filter((feature) => !isLoose(feature, said) || isAlone(feature, said))
  const combined = combine(counted)
  if (!combined) return null
  const doubt = doubtOf({...said, features: counted}, combined.cadence)
  if (doubt && combined.cadence.kind === 'every-beat') return null
  const isTimeOnly = counted.every(
    (feature) => CLOCK.includes(feature.kind) || (feature.kind === 'every' && feature.isBare && feature.unit === 'h'),
  )
  return {cadence: combined.cadence, zone, guess: combined.guess ?? doubt, isTimeOnly}
}

function readCron(text: string): CadenceReading | null {
  const expression = (CRON_WRITTEN.exec(text)?.[1] ?? CRON_BARE.exec(text)?.[1])?.trim().replace(/\s+/g, ' ')
  if (!expression || cronProblem(expression) !== null) return null
  return {cadence: {kind: 'cron', expression}, zone: null, guess: null, isTimeOnly: false}
}

/** "2h", "night" or "10" are a cadence only where nothing else is said beside them. */
function isLoose(feature: Said['features'][number], {features, isName}: Said): boolean {
  if (feature.kind === 'month-day') return feature.isBare && isName
  if (feature.kind === 'every')
    return (
      feature.isBare && !(feature.unit === 'h' && features.some(({kind}) => kind === 'weekdays' || kind === 'daily'))
    )
  return feature.kind === 'off' || (feature.kind === 'named-time' && feature.isGuess)
}
