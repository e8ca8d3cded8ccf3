import type {QuietHours} from './check.js'
import {clockPatterns, formatTime, readClock, readRange} from './clock-time.js'
import {anyOf, fold} from './words.js'
import {takeZone} from './zone-words.js'

const QUIET = anyOf(
  'quiet hours|quiet hour|quiet time|quiet period|silent hours|silence hours|do not disturb|dnd|静默时间|静默时段|静默期|静默|安静时间|安静时段|免打扰时间|免打扰时段|免打扰|免打擾時間|免打擾時段|免打擾|靜默|勿擾|勿扰|勿扰时间|靜默時間|靜默時段|安靜時間|勿擾時間|静音時間|サイレント時間|おやすみ時間|静かな時間|horário silencioso|horário de silêncio|horas de silêncio|horas silenciosas|horas tranquilas|horas de silencio|horario silencioso|horario de silencio|ruhezeit|ruhezeiten|nachtruhe|ruhige stunden|stille stunden|heures calmes|heures silencieuses|heures de silence|stille uren|rusttijd|rusttijden|rustige uren|tysta timmar|tyst tid|tysta tider|тихие часы|тихий час|тихое время|часы тишины',
)
const ACTIVE = anyOf(
  'active hours|活跃时间|活躍時間|活动时间|アクティブ時間|horário ativo|horas activas|horario activo|aktive stunden|aktivzeit|heures actives|actieve uren|aktiva timmar|активные часы',
)
const LATE = anyOf('late night|深夜|夜间|夜間|nachts|noite|noche|nuit|natten|ночью')
const LEAD = '^[^\\p{L}\\p{N}]*(?:\\d{1,2}[.)] )?[^\\p{L}\\p{N}]*'
const BARE = /(?<![\d:.-])([01]?\d|2[0-4]) ?(?:-|~|to|bis|a|до|至|到) ?([01]?\d|2[0-4])(?![\d:.-])/u

/** How clearly a line has to be labelled: by its own first words, or less where its section is about quiet. */
export type QuietPlace = 'anywhere' | 'policy' | 'quiet-section'

const LABELS: Readonly<Record<QuietPlace, RegExp>> = {
  anywhere: new RegExp(`${LEAD}(?:(${ACTIVE})|${QUIET})[^\\p{L}\\p{N}]`, 'u'),
  policy: new RegExp(`${LEAD}(?:(${ACTIVE})|${QUIET}|${LATE})|${QUIET}`, 'u'),
  'quiet-section': /^/u,
}
const ABOUT_QUIET = new RegExp(`${LEAD}${QUIET}`, 'u')

/** Whether a heading announces quiet hours. */
export function isAboutQuiet(heading: string): boolean {
  return ABOUT_QUIET.test(fold(heading.slice(0, 200)))
}

/** The quiet hours that a line names; "active hours" name the others. */
export function readQuiet(text: string, {line, place}: {line: number; place: QuietPlace}): QuietHours | null {
  const {zone, rest} = takeZone(text.slice(0, 300))
  const folded = fold(rest).replace(
    /(\d{1,2})h(\d\d)?(?![a-z\d])/g,
    (_, hour: string, minute = '00') => `${hour}:${minute}`,
  )
  const label = LABELS[place].exec(folded)
  if (!label) return null
  const range = readHours(folded)
  if (!range || range.from === range.to) return null
  const isActive = label[1] !== undefined
  return {from: isActive ? range.to : range.from, to: isActive ? range.from : range.to, zone, line}
}

function readHours(folded: string): {from: string; to: string} | null {
  for (const {kind, pattern} of clockPatterns) {
    if (kind === 'window') {
      const range = firstOf([...folded.matchAll(pattern)].map(readRange))
      if (range) return range
    }
    if (kind === 'han') {
      const [from, to] = [...folded.matchAll(pattern)].map((match) => readClock(kind, match))
      if (from && to) return {from: from.time, to: to.time}
    }
  }
  const [, from, to] = BARE.exec(folded) ?? []
  return from !== undefined && to !== undefined
    ? {from: formatTime(Number(from), 0), to: formatTime(Number(to), 0)}
    : null
}

function firstOf<Value>(values: readonly (Value | null)[]): Value | null {
  return values.find((value) => value !== null) ?? null
}
