const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const ZONES: Readonly<Record<string, number>> = {
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  BST: 60,
  CET: 60,
  CEST: 120,
  MET: 60,
  MEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  JST: 540,
  AEST: 600,
}

const CLOCK = String.raw`(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d{1,9})?)?`
const ZONE = String.raw`(?:\s*([+-]\d{1,2}:?\d{2}|[A-Za-z]{1,5}))?`
const RFC = new RegExp(String.raw`(\d{1,2})[\s-]+([A-Za-z]{3})[a-z]*\.?[\s,-]+(\d{2,4})[\s,]+${CLOCK}${ZONE}`)
// As ctime writes it: Sat Mar  1 12:00:00 2003.
const CTIME = new RegExp(String.raw`([A-Za-z]{3})\s+(\d{1,2})\s+${CLOCK}\s+(?:[A-Z]{1,5}\s+)?(\d{4})`)
const ISO = new RegExp(String.raw`^(\d{4})-(\d\d)-(\d\d)[T\s]${CLOCK}${ZONE}`)

/** Reads a Date header as ISO; null for what names no moment between 1970 and 9999. */
export function readMailDate(text: string): string | null {
  const plain = text.slice(0, 200).replace(/\([^()]*\)/g, ' ')
  const rfc = RFC.exec(plain)
  if (rfc) return moment({day: rfc[1], month: rfc[2], year: rfc[3], clock: rfc.slice(4, 7), zone: rfc[7]})
  const iso = ISO.exec(plain.trim())
  if (iso) return moment({year: iso[1], month: iso[2], day: iso[3], clock: iso.slice(4, 7), zone: iso[7]})
  const ctime = CTIME.exec(plain)
  if (ctime) return moment({month: ctime[1], day: ctime[2], clock: ctime.slice(3, 6), year: ctime[6], zone: undefined})
  return null
}

interface Found {
  readonly year: string | undefined
  readonly month: string | undefined
  readonly day: string | undefined
  readonly clock: readonly (string | undefined)[]
  readonly zone: string | undefined
}

function moment({year: digits = '', month: word = '', day: date = '', clock, zone}: Found): string | null {
  const [hour = 0, minute = 0, second = 0] = clock.map((part) => Number(part ?? 0))
  const year = digits.length === 4 ? Number(digits) : Number(digits) + (Number(digits) < 50 ? 2000 : 1900)
  const month = /^\d+$/.test(word) ? Number(word) - 1 : MONTHS.indexOf(word.toLowerCase())
  const day = Number(date)
  const midnight = new Date(Date.UTC(year, month, day))
  if (month < 0 || midnight.getUTCDate() !== day || hour > 23 || minute > 59 || second > 60) return null
  const ms = Date.UTC(year, month, day, hour, minute, second) - offsetMinutes(zone ?? '') * 60_000
  return ms >= 0 && ms < Date.UTC(10_000, 0) ? new Date(ms).toISOString() : null
}

/** Minutes east of Greenwich; an unknown zone is taken for none. */
function offsetMinutes(zone: string): number {
  const digits = /^([+-])(\d{1,2}):?(\d{2})$/.exec(zone)
  if (!digits) return ZONES[zone.toUpperCase()] ?? 0
  const minutes = Number(digits[2]) * 60 + Number(digits[3])
  return minutes > 24 * 60 ? 0 : digits[1] === '-' ? -minutes : minutes
}
