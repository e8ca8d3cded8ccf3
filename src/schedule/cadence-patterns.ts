import {
  A_DAY,
  A_WEEK,
  DAILY,
  EVERY,
  EVERY_AFTER,
  EVERY_BEAT,
  FEW,
  FIXED_INTERVALS,
  MONTHLY,
  MULTIPLES,
  NUMBERS,
  OFF,
  TIMES_WORDS,
  UNITS,
  WEEKLY,
} from './cadence-words.js'
import {
  DAY_NAMES,
  EVENING,
  MONTH_END,
  MONTH_START,
  MORNING,
  NAMED_TIMES,
  RARER,
  WEEKENDS,
  WORKDAYS,
} from './day-words.js'
import {anyOf, gluedAnyOf, LETTER} from './words.js'

/** Seconds, minutes, hours, days, weeks, months. */
export type Unit = keyof typeof UNITS

const SEPARATOR = ` ?${`(?:-|~|${anyOf('to|bis|a|à|até|hasta|tot|till|до|至|到|or|or|o|ou|oder')})`} ?`
const NUMBER = `(\\d{1,5}(?:[.,]\\d{1,2})?|${gluedAnyOf(...NUMBERS.slice(1))})(?::?[ea](?![${LETTER}])|-?ste)?`
const UNIT = `(${gluedAnyOf(...Object.values(UNITS))})`
const AMOUNT = `${NUMBER}(?: ?${UNIT})?(?:${SEPARATOR}${NUMBER})?(?: |-)?${UNIT}`
const EVERY_WORD = `${anyOf(EVERY)} ?(?:~|±|ca\\.?|约|約)? ?`
const DAY = anyOf(...DAY_NAMES)
const HAN_DAY = '(?:周|週|星期|礼拜|禮拜)'
export const HAN_DAYS = '一二三四五六日'
const TIMES = `(?:${NUMBER}(?:${SEPARATOR}${NUMBER})? ?${gluedAnyOf(TIMES_WORDS)}|(${anyOf(...MULTIPLES)}))`

const SOME_BEATS = `${anyOf('every|each|每|cada|jeder|jeden|chaque|elke|varje|каждый')} ?(?:\\d{1,3}(?:st|nd|rd|th|\\.|e|er|ème)?|other|second|third|few|${gluedAnyOf(...NUMBERS.slice(2))}) ?(?:${anyOf('heartbeats|heartbeat|beats|beat|runs|run|ticks|tick|cycles|cycle|次心跳|个心跳|轮')})`

/** What to look for, made once: each is a global expression for folded text. */
export const PATTERNS = {
  beat: pattern(anyOf(EVERY_BEAT)),
  someBeats: pattern(SOME_BEATS),
  few: pattern(`${EVERY_WORD}${anyOf(FEW)} ?${UNIT}`),
  perDay: pattern(`${TIMES} ?${anyOf(A_DAY)}`),
  dayTimes: pattern(
    `(?:${anyOf(DAILY)}|一天|一日|1日|1天)(?:に)? ?(?:[x×] ?(\\d{1,2})|${NUMBER} ?(?:x(?![${LETTER}])|×|次|回|times))`,
  ),
  perWeek: pattern(`${TIMES} ?${anyOf(A_WEEK)}`),
  weekTimes: pattern(`(?:${anyOf(WEEKLY)}|一周|一週)(?:に)? ?${NUMBER} ?(?:次|回|times|x(?![${LETTER}]))`),
  fixed: FIXED_INTERVALS.map(([minutes, words]) => [minutes, pattern(anyOf(words))] as const),
  interval: pattern(`${EVERY_WORD}${AMOUNT}`),
  intervalAfter: pattern(`${AMOUNT} ?(?:${anyOf(EVERY_AFTER)})`),
  againAndAgain: pattern(`(?<![${LETTER}])de (\\d{1,3}) em \\1 ?${UNIT}`),
  hourlyAfter: pattern(`(\\d{1,2})-?(?:hourly|stundlich)(?![${LETTER}])`),
  plainUnit: pattern(`${EVERY_WORD}${UNIT}`),
  bare: pattern(`(?<![${LETTER}.,:#/-])${AMOUNT}`),
  workdays: pattern(anyOf(WORKDAYS)),
  weekends: pattern(anyOf(WEEKENDS)),
  dayRange: pattern(
    `(${DAY})(?: ?(?:-|~|${anyOf('to|through|thru|bis|bis zum|a|à|au|al|till|tot|t/m|tot en met|по|до|から')}) ?)(${DAY})`,
  ),
  hanDayRange: pattern(`(?:每|毎)?${HAN_DAY}([${HAN_DAYS}天])(?:至|到|-|~)${HAN_DAY}?([${HAN_DAYS}天])(?![次个個回])`),
  hanDays: pattern(`(?:每|毎)?${HAN_DAY}([${HAN_DAYS}天](?:[、,和及/]?${HAN_DAY}?[${HAN_DAYS}天])*)(?![次个個回])`),
  day: pattern(
    `(?:${anyOf('every|each|on|an|am|jeden|jeder|cada|todo|toda|toda|chaque|le|elke|iedere|op|varje|på|каждый|каждую|каждое|在|每|毎週|毎|às|aos|nas|los|el')} ?)?(${DAY})`,
  ),
  monthStart: pattern(anyOf(MONTH_START)),
  monthEnd: pattern(anyOf(MONTH_END)),
  monthDay: pattern(
    `(?:${anyOf('on the|the|on|day|dia|am|le|den|op de|el|tag|dag|jour|的')} ?)?(?<![\\d:])(\\d{1,2})(?: ?(?:st|nd|rd|th|号|號|日|er|º|ª|-?(?:го|е)(?: числ[оа])?|числа|:e|e)(?![${LETTER}])|\\.(?!\\d))?(?![\\d:h])`,
  ),
  ordinal: pattern(`(?<![${LETTER}])on the (\\d{1,2})(?:st|nd|rd|th)(?![${LETTER}])`),
  daily: pattern(anyOf(DAILY)),
  weekly: pattern(anyOf(WEEKLY)),
  monthly: pattern(anyOf(MONTHLY)),
  rarer: pattern(anyOf(RARER)),
  named: NAMED_TIMES.map(({words, ...named}) => ({...named, pattern: pattern(anyOf(words))})),
  morning: pattern(anyOf(MORNING)),
  evening: pattern(anyOf(EVENING)),
  off: pattern(anyOf(OFF)),
}

const UNIT_PATTERNS = (Object.keys(UNITS) as Unit[]).map(
  (unit) => [unit, new RegExp(`^${gluedAnyOf(UNITS[unit])}$`, 'u')] as const,
)

/** The unit that a folded word names; null for none. */
export function unitOf(word: string | undefined): Unit | null {
  if (word === undefined) return null
  const found = UNIT_PATTERNS.find(([, known]) => known.test(word))
  return found ? found[0] : null
}

function pattern(source: string): RegExp {
  return new RegExp(source, 'gu')
}
