import {cleanLine, shorten} from '../../../kit/text.js'
import {instantOf, isZone} from '../../../kit/zone.js'
import type {CalendarEvent} from '../../mail.js'
import {WINDOWS_ZONES} from './windows-zones.js'

const MOST_LINES = 5000

interface Property {
  readonly name: string
  readonly params: string
  readonly value: string
}

/** The first event of a text/calendar part, as far as a digest names it; null where there is none. */
export function readCalendar(ics: string): CalendarEvent | null {
  const lines = ics
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/, MOST_LINES)
    .map(readProperty)
  const begin = lines.findIndex(({name, value}) => name === 'BEGIN' && /^VEVENT$/i.test(value.trim()))
  if (begin === -1) return null
  const length = lines.slice(begin).findIndex(({name, value}) => name === 'END' && /^VEVENT$/i.test(value.trim()))
  const event = lines.slice(begin, length === -1 ? undefined : begin + length)
  const start = event.find(({name}) => name === 'DTSTART')
  return {
    method: wordOf(lines.find(({name}) => name === 'METHOD')?.value ?? ''),
    summary: shorten(cleanLine(unescapeText(event.find(({name}) => name === 'SUMMARY')?.value ?? '')), 300),
    start: start ? readStart(start) : null,
  }
}

function readProperty(line: string): Property {
  const [, name = '', params = '', value = ''] = /^([\w-]{1,40})((?:;(?:"[^"]*"|[^":])*)?):(.*)$/s.exec(line) ?? []
  return {name: name.toUpperCase(), params, value}
}

function wordOf(text: string): string {
  return /^[A-Z-]{1,20}/.exec(cleanLine(text).toUpperCase())?.[0] ?? ''
}

function unescapeText(text: string): string {
  return text.replace(/\\([nN,;\\])/g, (_, letter: string) => (letter.toLowerCase() === 'n' ? ' ' : letter))
}

function readStart({params, value}: Property): string | null {
  const found = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?$/.exec(value.trim())
  if (!found) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = found.slice(1, 6).map((part) => Number(part ?? 0))
  const utc = Date.UTC(year, month - 1, day, hour, minute)
  const isReal = year >= 1970 && new Date(utc).getUTCDate() === day && hour < 24 && minute < 60 && month <= 12
  if (!isReal) return null
  const zone = /;TZID="?([^";:]{1,80})/i.exec(params)?.[1]?.trim()
  if (found[7] === 'Z' || zone === undefined || found[4] === undefined) return new Date(utc).toISOString()
  const name = WINDOWS_ZONES[zone] ?? zone.replace(/^.*?(?=[A-Z][a-z]+\/[A-Z])/, '')
  return isZone(name) ? new Date(instantOf({year, month, day, hour, minute}, name)).toISOString() : null
}
