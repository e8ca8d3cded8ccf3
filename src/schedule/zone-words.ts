import {isZone} from '../kit/zone.js'

/** Short names as people use them; a place stands for them, so that summer time follows. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  UTC: 'UTC',
  GMT: 'UTC',
  Z: 'UTC',
  ET: 'America/New_York',
  EST: 'America/New_York',
  EDT: 'America/New_York',
  CT: 'America/Chicago',
  CDT: 'America/Chicago',
  MT: 'America/Denver',
  MST: 'America/Denver',
  MDT: 'America/Denver',
  PT: 'America/Los_Angeles',
  PST: 'America/Los_Angeles',
  PDT: 'America/Los_Angeles',
  BRT: 'America/Sao_Paulo',
  BST: 'Europe/London',
  CET: 'Europe/Berlin',
  CEST: 'Europe/Berlin',
  MEZ: 'Europe/Berlin',
  MESZ: 'Europe/Berlin',
  EET: 'Europe/Helsinki',
  EEST: 'Europe/Helsinki',
  MSK: 'Europe/Moscow',
  SAST: 'Africa/Johannesburg',
  WIB: 'Asia/Jakarta',
  HKT: 'Asia/Hong_Kong',
  SGT: 'Asia/Singapore',
  BJT: 'Asia/Shanghai',
  JST: 'Asia/Tokyo',
  KST: 'Asia/Seoul',
  AEST: 'Australia/Sydney',
  AEDT: 'Australia/Sydney',
}

const SPOKEN: readonly (readonly [words: RegExp, zone: string])[] = [
  [/北京时间|北京時間|上海时间|中国时间|东八区/u, 'Asia/Shanghai'],
  [/台北時間|台北时间|台灣時間/u, 'Asia/Taipei'],
  [/日本時間/u, 'Asia/Tokyo'],
  [/по московскому времени|по москве|мск/iu, 'Europe/Moscow'],
  [/horário de brasília/iu, 'America/Sao_Paulo'],
  [/\b(?:eastern|new york) time\b|\beastern\b/iu, 'America/New_York'],
  [/\b(?:pacific|california) time\b|\bpacific\b/iu, 'America/Los_Angeles'],
]
const PLACE =
  /(?<![\p{L}\p{N}/])(?:[A-Z][A-Za-z]+(?:[_-][A-Z]?[A-Za-z]+)*)(?:\/[A-Z][A-Za-z]+(?:[_-][A-Za-z]+)*){1,2}(?![\p{L}\p{N}/])/gu
const OFFSET = /(?<![\p{L}\p{N}])(?:UTC|GMT) ?([+-−–])(\d{1,2})(?::?00)?(?!\d|:)/u
const SHORT = new RegExp(`(?<![\\p{L}\\p{N}/])(?:${Object.keys(SHORT_NAMES).join('|')})(?![\\p{L}\\p{N}/])`, 'u')

/** The zone a text names, and the text without it; short names count only in capitals. */
export function takeZone(text: string): {zone: string | null; rest: string} {
  for (const [place] of text.matchAll(PLACE)) {
    if (isZone(place)) return {zone: place, rest: without(text, place)}
  }
  const offset = OFFSET.exec(text)
  if (offset && Number(offset[2]) <= 12) {
    // the sign of these names is turned round: Etc/GMT-8 is eight hours ahead
    const hours = Number(offset[2])
    const zone = hours === 0 ? 'UTC' : `Etc/GMT${offset[1] === '+' ? '-' : '+'}${hours}`
    return {zone, rest: without(text, offset[0])}
  }
  for (const [words, zone] of SPOKEN) {
    const found = words.exec(text)
    if (found) return {zone, rest: without(text, found[0])}
  }
  const short = SHORT.exec(text)
  return short ? {zone: SHORT_NAMES[short[0]] ?? null, rest: without(text, short[0])} : {zone: null, rest: text}
}

function without(text: string, part: string): string {
  const at = text.indexOf(part)
  return `${text.slice(0, at)} ${text.slice(at + part.length)}`
}
