import {anyOf, gluedAnyOf, LETTER} from './words.js'

/** A moment of the day, or the start of a stretch of it. */
export interface ClockSpan {
  time: string
  isWindow: boolean
  /** Written 08:00, which is never eight in the evening. */
  hasZero: boolean
}

type ClockKind = 'window' | 'plain' | 'half-day' | 'han' | 'worded' | 'h'

const AM_PM = `(?:(am|pm|a\\.m\\.?|p\\.m\\.?)(?![${LETTER}]))`
const PART = '早上|早晨|清晨|上午|凌晨|午前|朝|早|中午|下午|午后|午後|傍晚|夕方|晚上|晚间|夜里|夜晚|深夜|夜|晚'
const AT = `(?:${anyOf('at|um|kl|kl.|om|as|às|a las|a la|à|vers|ab|gegen|klockan|в|el|las')} ?|@ ?)`
const HOUR = '([01]?\\d|2[0-4])'
const BEFORE = `(?<![${LETTER}]|\\d[:.,-])`
const TO = ` ?(?:-|~|至|到|から|${anyOf('to|until|till|bis|a|à|às|as|hasta|até|tot|до')}) ?`

/** In the order in which they are to be read; each stretch is read once. */
export const clockPatterns: readonly {kind: ClockKind; pattern: RegExp}[] = [
  {
    kind: 'window',
    pattern: new RegExp(
      `${BEFORE}${HOUR}(?::([0-5]\\d))? ?${AM_PM}?${TO}${HOUR}(?::([0-5]\\d))? ?${AM_PM}?(?![\\d:])`,
      'gu',
    ),
  },
  {
    kind: 'han',
    pattern: new RegExp(
      `(?:毎|每)?(${PART})? ?(?<!\\d|\\d[:.])(\\d{1,2}|十[一二]?|[一二两三四五六七八九]) ?(?:[点點时時](?!间|間|候)(半|[0-5]?\\d分?|整|钟|鐘)?|:([0-5]\\d)(?!:))(?: ?${AM_PM})?`,
      'gu',
    ),
  },
  {kind: 'half-day', pattern: new RegExp(`${BEFORE}(?:${AT})?${HOUR}(?:[:.]([0-5]\\d))? ?${AM_PM}`, 'gu')},
  {kind: 'plain', pattern: new RegExp(`(?<!\\d|\\d[:.,-])${HOUR}:([0-5]\\d)(?::00)?(?!\\d|:)`, 'gu')},
  {kind: 'h', pattern: new RegExp(`${BEFORE}${HOUR}h([0-5]\\d)(?!\\d)`, 'gu')},
  {
    kind: 'worded',
    pattern: new RegExp(
      `${AT}${HOUR}(?:[.:h]([0-5]\\d))?(?: ?(?:${gluedAnyOf('h|uhr|uur|hs|hrs|horas|hora|heures|heure|часов|часа|час|o clock')}|o'clock))?(?![\\d:%]|\\.\\d|[${LETTER}])`,
      'gu',
    ),
  },
  {kind: 'worded', pattern: new RegExp(`${BEFORE}${HOUR}(?:[.:]([0-5]\\d))? ?(?:${gluedAnyOf('uhr')}|o'clock)`, 'gu')},
]

const HAN_HOURS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二']

/** The moment that a match of one of the patterns names; null when there is no such moment. */
export function readClock(kind: ClockKind, match: RegExpMatchArray): ClockSpan | null {
  if (kind === 'window') return readWindow(match)
  if (kind === 'han') return readHan(match)
  const [, hour = '', minute = '0', half] = match
  return moment(Number(hour), Number(minute), {half, hasZero: hour.startsWith('0')})
}

/** 'HH:MM' of an hour and minute; 24:00 is the day's end, which is 00:00. */
export function formatTime(hour: number, minute: number): string {
  return [hour === 24 ? 0 : hour, minute].map((part) => String(part).padStart(2, '0')).join(':')
}

/** Both ends of a stretch such as 22:00-07:00 or 8-10 pm; null when it isn't clearly one. */
export function readRange(match: RegExpMatchArray): {from: string; to: string} | null {
  const [, fromHour = '', fromMinute, fromHalf, toHour = '', toMinute, toHalf] = match
  const isClear = [fromMinute, fromHalf, toMinute, toHalf].some((part) => part !== undefined)
  if (!isClear) return null
  const to = moment(Number(toHour), Number(toMinute ?? 0), {half: toHalf, hasZero: false})
  // "8-10 pm" is from eight in the evening, "10-2 pm" from ten in the morning
  const sharedHalf = fromHalf ?? (fromMinute === undefined && Number(fromHour) < Number(toHour) ? toHalf : undefined)
  const from = moment(Number(fromHour), Number(fromMinute ?? 0), {half: sharedHalf, hasZero: false})
  return from && to && {from: from.time, to: to.time}
}

function readWindow(match: RegExpMatchArray): ClockSpan | null {
  const range = readRange(match)
  return range && {time: range.from, isWindow: true, hasZero: true}
}

function readHan([, part = '', hour = '', rest = '', minute, half]: RegExpMatchArray): ClockSpan | null {
  if (half !== undefined) return null
  const minutes = minute ?? (rest === '半' ? '30' : (/\d+/.exec(rest)?.[0] ?? '0'))
  const spoken = HAN_HOURS.indexOf(hour)
  const plain = spoken > 0 ? spoken : hour === '两' ? 2 : Number(hour)
  const isLate = /下午|午后|午後|傍晚|夕方|晚|^夜/.test(part) && plain < 12
  const isNoon = part === '中午' && plain < 3
  return moment(plain + (isLate || isNoon ? 12 : 0), Number(minutes), {
    half: undefined,
    hasZero: part !== '' || hour.startsWith('0'),
  })
}

function moment(
  hour: number,
  minute: number,
  {half, hasZero}: {half: string | undefined; hasZero: boolean},
): ClockSpan | null {
  let hours = hour
  if (half !== undefined) {
    if (hour > 12 || hour === 0) return null
    hours = (hour % 12) + (half.startsWith('p') ? 12 : 0)
  }
  if (hours > 24 || (hours === 24 && minute > 0) || minute > 59) return null
  return {time: formatTime(hours, minute), isWindow: false, hasZero: hasZero || half !== undefined}
}
