import type {Word} from './split-words.js'

/** A day that a text names, as days from the day the mail came. */
export interface NamedDay {
  readonly days: number
  readonly first: number
  readonly last: number
}

/** First letters of the months in the languages that mail is read in, without accents. */
const MONTHS: readonly (readonly string[])[] = [
  ['jan', 'ene', 'янв', 'gen'],
  ['feb', 'fev', 'fév', 'фев'],
  ['mar', 'mär', 'maa', 'mrt', 'мар', 'maart'],
  ['apr', 'avr', 'abr', 'апр'],
  ['may', 'mai', 'maj', 'mei', 'mayo', 'мая', 'маи'],
  ['jun', 'juin', 'июн'],
  ['jul', 'juil', 'июл'],
  ['aug', 'aou', 'ago', 'авг'],
  ['sep', 'set', 'сен'],
  ['oct', 'okt', 'out', 'окт'],
  ['nov', 'ноя'],
  ['dec', 'dez', 'dic', 'des', 'дек'],
]
const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})$/
const DAY_MS = 86_400_000

/** The days a text names, such as "20 November", "November 20", "20.11.", "2026-11-20" or "11月20日", nearest year. */
export function readDates(words: readonly Word[], text: string, received: string): NamedDay[] {
  const today = Date.parse(`${received.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(today)) return []
  const named: NamedDay[] = []
  words.forEach(({text: word}, index) => {
    const date = dateAt(words, text, index)
    if (date === null || !/\d/.test(word + (words[index + 1]?.text ?? ''))) return
    named.push({days: daysFrom(today, date), first: index, last: Math.min(index + date.length - 1, words.length - 1)})
  })
  return named
}

interface DateParts {
  readonly year: number | null
  readonly month: number
  readonly day: number
  /** In words. */
  readonly length: number
}

function dateAt(words: readonly Word[], text: string, index: number): DateParts | null {
  const [word, next, third] = [words[index], words[index + 1], words[index + 2]]
  if (!word || !next) return null
  const number = numberOf(word.text)
  const after = text.slice(word.to, next.from)
  if (/^[-./]$/.test(after) && third && number !== null) return numeric(words, text, index)
  if (number !== null && next.text === '月' && third)
    return dayOf({month: number, day: numberOf(third.text), length: 4})
  const month = monthOf(next.text)
  if (number !== null && number <= 31 && month !== null && /^[\s.]*(?:st|nd|rd|th|o|º)?[\s.]*$/.test(after))
    return dayOf({month, day: number, year: yearOf(third), length: 2})
  const named = monthOf(word.text)
  const day = numberOf(next.text)
  if (named !== null && day !== null && /^[\s.]*$/.test(after))
    return dayOf({month: named, day, year: yearOf(third), length: 2})
  // "21 de noviembre", "le 21 du novembre"
  const late = third ? monthOf(third.text) : null
  if (number !== null && late !== null && /^(?:de|of|d|du|den)$/.test(next.text))
    return dayOf({month: late, day: number, length: 3})
  return null
}

function numeric(words: readonly Word[], text: string, index: number): DateParts | null {
  const [word, next, third] = [words[index], words[index + 1], words[index + 2]]
  if (!word || !next || !third) return null
  const isWhole = /^[-./]$/.test(text.slice(next.to, third.from))
  const iso = ISO.exec(`${word.text}-${next.text}-${third.text}`)
  if (isWhole && iso) return dayOf({year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]), length: 3})
  // Day first, as all do but Americans; a second number over 12 can only be theirs.
  const [a, b] = [numberOf(word.text), numberOf(next.text)]
  if (a === null || b === null || (!isWhole && text[word.to] !== '.')) return null
  const year = isWhole ? yearOf(third) : null
  return b > 12 ? dayOf({month: a, day: b, year, length: 2}) : dayOf({month: b, day: a, year, length: 2})
}

function dayOf({
  month,
  day,
  length,
  year = null,
}: {
  month: number
  day: number | null
  length: number
  year?: number | null
}): DateParts | null {
  if (day === null || day < 1 || day > 31 || month < 1 || month > 12) return null
  return {year, month, day, length}
}

function daysFrom(today: number, {year, month, day}: DateParts): number {
  if (year !== null) return Math.round((Date.UTC(year, month - 1, day) - today) / DAY_MS)
  const thisYear = new Date(today).getUTCFullYear()
  const days = [thisYear - 1, thisYear, thisYear + 1].map((each) => (Date.UTC(each, month - 1, day) - today) / DAY_MS)
  return Math.round(days.reduce((best, each) => (Math.abs(each) < Math.abs(best) ? each : best)))
}

function numberOf(word: string): number | null {
  const digits = /^(\d{1,4})(?:st|nd|rd|th|er|日|º)?$/.exec(word)
  return digits ? Number(digits[1]) : null
}

function yearOf(word: Word | undefined): number | null {
  return word && /^20\d\d$/.test(word.text) ? Number(word.text) : null
}

function monthOf(word: string): number | null {
  if (word.length < 3 || word.length > 10) return null
  const month = MONTHS.findIndex((starts) => starts.some((start) => word.startsWith(start)))
  return month === -1 ? null : month + 1
}
