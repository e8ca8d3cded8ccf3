import type {Random} from './random.js'
import type {Language} from './template.js'
import {BOXES, COMPANIES, HOSTS, NAMES, PRODUCTS, SERVICES, SUPPLIERS} from './words.js'

const DAY_MS = 86_400_000

/** What stays the same through one mail: who writes, from where, about what, when. */
export interface Facts {
  readonly lang: Language
  readonly at: Date
  readonly values: Readonly<Record<string, string>>
}

export function drawFacts(random: Random, lang: Language): Facts {
  const {first, last, street} = NAMES[lang]
  const values: Record<string, string> = {
    first: random.pick(first),
    last: random.pick(last),
    street: random.pick(street),
    company: random.pick(COMPANIES),
    supplier: random.pick(SUPPLIERS),
    service: random.pick(SERVICES),
    host: random.pick(HOSTS),
    product: random.pick(PRODUCTS),
    box: random.pick(BOXES),
    id: String(random.whole(10_000, 99_999)),
    minute: random.pick(['00', '15', '30', '45']),
    money: `${random.whole(1, 48)} ${String(random.whole(0, 999)).padStart(3, '0')}.00`,
  }
  const isAsian = lang === 'zh' || lang === 'ja'
  values['person'] = isAsian ? `${values['last']}${values['first']}` : `${values['first']} ${values['last']}`
  for (const key of ['company', 'supplier', 'service']) values[`${key}.dom`] = asDomain(values[key] ?? '')
  const at = new Date(
    Date.UTC(2026, 10, random.whole(16, 20), random.whole(4, 19), random.whole(0, 59), random.whole(0, 59)),
  )
  return {lang, at, values}
}

/** Fills a template's gaps, the innermost first: `{a|b}`, `{n:3-9}`, `{date:+2}` (days from the mail's own), `{hour:-1}`, and the names of facts. */
export function fill(text: string, facts: Facts, random: Random): string {
  const filled = fillInnermost(text, facts, random)
  return filled === text ? text : fill(filled, facts, random)
}

function fillInnermost(text: string, {lang, at, values}: Facts, random: Random): string {
  return text.replace(/\{([^{}]+)\}/g, (whole, gap: string) => {
    if (gap.includes('|')) return random.pick(gap.split('|'))
    const range = /^n:(\d+)-(\d+)$/.exec(gap)
    if (range) return String(random.whole(Number(range[1]), Number(range[2])))
    const date = /^date:([+-]\d+)$/.exec(gap)
    if (date) return dayIn(lang, new Date(at.getTime() + Number(date[1]) * DAY_MS))
    const hour = /^hour:([+-]\d+)$/.exec(gap)
    if (hour) return `${String((at.getUTCHours() + Number(hour[1]) + 24) % 24).padStart(2, '0')}:${values['minute']}`
    const value = values[gap]
    if (value === undefined) throw new Error(`no fact fills ${whole}`)
    return value
  })
}

function dayIn(lang: Language, day: Date): string {
  return new Intl.DateTimeFormat(lang, {day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC'}).format(day)
}

function asDomain(name: string): string {
  return `${name.toLowerCase().replace(/[^a-z]+/g, '')}.example`
}
