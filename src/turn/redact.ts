import {SECRET_SHAPES} from '../kit/secret-shapes.js'

/** Takes secrets out of a text, or out of every text inside a value. */
export interface Redactor {
  text(text: string): string
  /** The same value with every text in it redacted, keys included. */
  value<T>(value: T): T
}

const MARK = '[redacted]'

/** A shorter secret is only looked for where it stands by itself, a still shorter one is no secret worth the name. */
const SURE_LENGTH = 8
const SHORTEST = 4

/** A key with what belongs to it, also where its line breaks are written out; not the mere mention of one. */
const PEM =
  /-----BEGIN (?:[A-Z]{1,20} ){0,4}PRIVATE KEY-----(?:(?:\s|\\[nr]){1,4}[A-Z][A-Za-z-]{2,20}: [^\n\\]{1,200}){0,4}(?:(?:\s|\\[nr]){0,4}[A-Za-z0-9+/=]{16,}){1,400}(?:(?:\s|\\[nr]){0,4}[A-Za-z0-9+/=]{1,15}(?=(?:\s|\\[nr]){0,4}-----END))?(?:(?:\s|\\[nr]){0,4}-----END (?:[A-Z]{1,20} ){0,4}PRIVATE KEY-----)?/

const NAMES = `(?:password|passwd|passphrase|secret|api[_-]?key|access[_-]?key|client[_-]?secret|(?:access|refresh|auth|id|session)[_-]?token)`
const NO_REFERENCE = `(?!env:|file:|command:|credential:|[$<{[])`

/** What says of itself that a secret follows; the first group stays. A name alone, or a reference, is no secret. */
const ANNOUNCED: readonly RegExp[] = [
  /(\bBearer[ \t]{1,4})(?=[A-Za-z._~+/=-]{0,200}\d)[A-Za-z0-9._~+/=-]{16,}/gi,
  /(\bAuthorization["']?[ \t]{0,4}[:=][ \t]{0,4}["']?Basic[ \t]{1,4})[A-Za-z0-9+/=]{8,}/gi,
  new RegExp(String.raw`((?:\b|_)${NAMES}=["']?)${NO_REFERENCE}[^\s"'&<>,;)]{6,}`, 'gi'),
  new RegExp(
    String.raw`((?:["'_]|\b)${NAMES}\\?["'][ \t]{0,4}[:=][ \t]{0,4}\\?["'])${NO_REFERENCE}[^"'\\\n]{6,}`,
    'gi',
  ),
]

const SHAPES = new RegExp([PEM.source, ...wholeShapes()].join('|'), 'g')

/** Takes out the fleet's own secrets, however they are encoded, and whatever has the shape of a vendor's token. */
export function redactor({secrets}: {readonly secrets: readonly string[]}): Redactor {
  const own = ownPattern(secrets)
  const text = (source: string): string => {
    const without = own === null ? source : source.replace(own, MARK)
    return ANNOUNCED.reduce((rest, shape) => rest.replace(shape, `$1${MARK}`), without.replace(SHAPES, MARK))
  }
  return {text, value: <T>(value: T) => eachText(value, text) as T}
}

/** One search for all of them in all their forms, longest first, so that no rest of one is left standing. */
function ownPattern(secrets: readonly string[]): RegExp | null {
  const sure = secrets.filter(({length}) => length >= SURE_LENGTH).flatMap(formsOf)
  const short = secrets.filter(({length}) => length >= SHORTEST && length < SURE_LENGTH)
  const forms = [
    ...longestFirst(sure).map(escapeRegExp),
    ...longestFirst(short).map((secret) => `(?<![\\p{L}\\p{N}_])${escapeRegExp(secret)}(?![\\p{L}\\p{N}_])`),
  ]
  return forms.length === 0 ? null : new RegExp(forms.join('|'), 'gu')
}

function formsOf(secret: string): string[] {
  const url = encodeURIComponent(Buffer.from(secret).toString())
  const lines = secret.split(/\r?\n/).filter(({length}) => length >= 16)
  return [
    secret,
    ...lines,
    JSON.stringify(secret).slice(1, -1),
    url,
    url.replaceAll('%20', '+'),
    url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    ...base64Forms(secret),
  ]
}

/** As it stands in base64, also behind one or two other bytes, such as a name and ":"; the edges depend on neighbours. */
function base64Forms(secret: string): string[] {
  const bytes = Buffer.from(secret)
  return [0, 1, 2].flatMap((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    const begin = shift === 0 ? 0 : shift + 1
    const isEven = (shift + bytes.length) % 3 === 0
    const inner = whole.replace(/=+$/, '').slice(begin, isEven ? undefined : -1)
    return inner.length < SURE_LENGTH ? [] : [inner, inner.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

function eachText(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) return value.map((item) => eachText(item, redact))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [redact(key), eachText(inner, redact)]))
}

function longestFirst(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort((one, other) => other.length - one.length)
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

/** Of a private key the shape is only its first line. */
function wholeShapes(): string[] {
  return SECRET_SHAPES.filter(([kind]) => kind !== 'private key').map(([, shape]) => sourceOf(shape))
}

/** All shapes share one search; the one that ignores case is written out for it. */
function sourceOf({source, flags}: RegExp): string {
  return flags.includes('i') ? source.replace(/\[a-z\]\[a-z0-9/, '[A-Za-z][A-Za-z0-9') : source
}
