import {isZone} from '../kit/zone.js'
import {type CadenceReading, readCadence} from './cadence.js'
import type {Missed} from './check.js'
import {parseDuration} from './duration.js'
import {formatCadence} from './format.js'
import type {Comment, Line} from './lines.js'
import {anyOf, fold} from './words.js'
import {takeZone} from './zone-words.js'

/** What comments and label lines say of a section. */
export interface Settings {
  id: string | null
  cadence: CadenceReading | null
  cadenceLine: number | null
  zone: string | null
  timeoutMs: number | null
  missed: Missed | null
  /** Something stands there that can't be read: the cadence from elsewhere is then a guess. */
  problem: string | null
  warnings: {line: number; message: string}[]
}

const ATTRIBUTE = /([a-z_-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))/giu
const MACHINE = /^ {0,3}(- |\* )?[*_`]{0,3}(interval|every|cron)[*_`]{0,3}\s*[:：]\s*[*_`]{0,3}\s*(\S.*)$/iu
const HUMAN = new RegExp(
  `^ ?(?:[-*+•] )?[^\\p{L}\\p{N}]{0,6}(?:${anyOf('frequency|cadence|schedule|how often|runs|run|when|timing|频率|頻率|周期|週期|执行频率|检查频率|执行时间|时间|時間|頻度|スケジュール|実行|frequência|periodicidade|agenda|cadência|frecuencia|cadencia|periodicidad|häufigkeit|takt|zeitplan|rhythmus|turnus|fréquence|cadence|frequentie|schema|frekvens|frecventie|частота|расписание|периодичность')})[*_]{0,3} ?: ?[*_]{0,3} ?(\\S.*)$`,
  'u',
)

const ZONE = new RegExp(
  `^ ?(?:[-*+•] )?[^\\p{L}\\p{N}]{0,6}(?:${anyOf('timezone|time zone|tz|时区|時區|タイムゾーン|fuso horário|zona horaria|huso horario|zeitzone|fuseau horaire|tijdzone|tidszon|часовой пояс')})[*_]{0,3} ?:`,
  'u',
)

/** Reads `<!-- mcos: … -->`, `<!-- cron: … -->` and lines such as `interval: 30m` or `**Frequency:** daily`. */
export function readSettings(comments: readonly Comment[], lines: readonly Line[]): Settings {
  const settings: Settings = {
    id: null,
    cadence: null,
    cadenceLine: null,
    zone: null,
    timeoutMs: null,
    missed: null,
    problem: null,
    warnings: [],
  }
  for (const comment of comments) readComment(comment, settings)
  for (const line of lines) if (!line.isFenced) readLabel(line, settings)
  return settings
}

function readComment({text, line}: Comment, settings: Settings): void {
  const [, word, body = ''] = /^\s*(mcos|cron)\s*:\s*([\s\S]*)$/iu.exec(text.slice(0, 1000)) ?? []
  if (!word) return
  const values = new Map(word.toLowerCase() === 'cron' ? [['cron', body.trim()]] : [])
  for (const [, key = '', double, single, plain] of word.toLowerCase() === 'cron' ? [] : body.matchAll(ATTRIBUTE)) {
    values.set(key.toLowerCase(), double ?? single ?? plain ?? '')
  }
  for (const [key, value] of values) readAttribute(key, {value, line, settings})
  const cadence = cadenceText(values)
  if (cadence) takeCadence(cadence, {settings, line, written: body.trim()})
}

function readAttribute(key: string, {value, line, settings}: {value: string; line: number; settings: Settings}): void {
  const refuse = (expected: string) => {
    settings.problem ??= `line ${line}: expected ${expected}, got ${key}=${value}`
    settings.warnings.push({line, message: `expected ${expected}, got ${key}=${value}`})
  }
  if (key === 'id') settings.id ??= value
  else if (key === 'tz') {
    if (isZone(value)) settings.zone ??= value
    else refuse('a time zone such as Europe/Berlin')
  } else if (key === 'timeout') {
    const ms = parseDuration(value)
    if (ms === null) refuse('a duration such as 5m')
    else settings.timeoutMs ??= ms
  } else if (key === 'missed') {
    const missed = parseMissed(value)
    if (missed === null) refuse('skip, run-once or within:30m')
    else settings.missed ??= missed
  } else if (!['every', 'at', 'on', 'cron'].includes(key)) refuse('id, every, at, on, tz, timeout, missed or cron')
}

function parseMissed(text: string): Missed | null {
  if (text === 'skip' || text === 'run-once') return text
  const withinMs = text.startsWith('within:') ? parseDuration(text.slice(7)) : null
  return withinMs === null ? null : {withinMs}
}

function cadenceText(values: ReadonlyMap<string, string>): string | null {
  const [every, at = '', on, cron] = ['every', 'at', 'on', 'cron'].map((key) => values.get(key))
  if (cron !== undefined) return `cron "${cron.replace(/["'`]/g, '').trim()}"`
  if (on !== undefined) {
    const days = on.replace(/^last$/i, '31')
    return `${/^[\d,]+$/.test(days) ? 'monthly' : 'weekly'} ${days} ${at}`
  }
  if (every === undefined) return at === '' ? null : `daily ${at}`
  if (/^(?:beat|heartbeat)$/i.test(every)) return 'every beat'
  const isPlain = /^(?:\d|min|hour|day|week|month)/i.test(every)
  return `${isPlain ? 'every ' : ''}${every} ${at}`
}

function readLabel({text, line}: Line, settings: Settings): void {
  const short = text.slice(0, 200)
  const [, bullet, word = '', value = ''] = MACHINE.exec(short) ?? []
  if (word) {
    const plain = (/^cron$/i.test(word) ? value : value.replace(/[*_`]+\s*$/u, '')).trim()
    const wanted = /^cron$/i.test(word)
      ? `cron "${plain.replace(/["']/g, '')}"`
      : /^\d/.test(plain)
        ? `every ${plain}`
        : plain
    // a bullet that begins "Cron: …" may as well be prose
    if (!bullet || readCadence(wanted, 'value')) takeCadence(wanted, {settings, line, written: `${word}: ${plain}`})
    return
  }
  const place = ZONE.exec(fold(short)) ? takeZone(short).zone : null
  if (place) settings.zone ??= place
  const spoken = HUMAN.exec(fold(short))?.[1]
  if (spoken === undefined || /^\s{2,}/.test(text)) return
  const reading = readCadence(short.slice(short.search(/[:：]/u) + 1), 'value')
  if (reading) settle(reading, {settings, line})
}

function takeCadence(
  text: string,
  {settings, line, written}: {settings: Settings; line: number; written: string},
): void {
  const reading = readCadence(text, 'value')
  if (reading) {
    settle(reading, {settings, line})
    return
  }
  settings.problem ??= `line ${line}: expected a cadence, got “${written}”`
  settings.warnings.push({line, message: `expected a cadence such as "every 2h" or "daily 08:00", got “${written}”`})
}

/** The first one counts; another that says otherwise makes it a guess. */
function settle(reading: CadenceReading, {settings, line}: {settings: Settings; line: number}): void {
  if (!settings.cadence) {
    settings.cadence = reading
    settings.cadenceLine = line
    return
  }
  if (formatCadence(settings.cadence.cadence) === formatCadence(reading.cadence)) return
  const guess = settings.cadence.guess ?? `line ${line} names another cadence: the first was taken`
  settings.cadence = {...settings.cadence, guess}
}
