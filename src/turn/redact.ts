import {encodedTokens} from '../guard/secrets/encoded.js'
import {shortPattern} from '../guard/secrets/forms.js'
import {openOwn, type Spot} from '../guard/secrets/own.js'
import {SECRET_SHAPES} from '../guard/secrets/shapes.js'

/** Takes secrets out of a text, or out of every text inside a value. */
export interface Redactor {
  text(text: string): string
  /** The same value with every text in it redacted, keys included. */
  value<T>(value: T): T
}

const MARK = '[redacted]'

/** A key with what belongs to it, also where its line breaks are written out; not the mere mention of one. */
const PEM =
  /-----BEGIN (?:[A-Z]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----(?:(?:\s|\\[nr]){1,4}[A-Z][A-Za-z-]{2,20}: [^\n\\]{1,200}){0,4}(?:(?:\s|\\[nr]){0,4}[A-Za-z0-9+/=]{16,}){1,400}(?:(?:\s|\\[nr]){0,4}[A-Za-z0-9+/=]{1,15}(?=(?:\s|\\[nr]){0,4}-----END))?(?:(?:\s|\\[nr]){0,4}-----END (?:[A-Z]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----)?/

const NAMES = `(?:password|passwd|passphrase|secret|api[_-]?key|access[_-]?key|client[_-]?secret|(?:access|refresh|auth|id|session)[_-]?token)`
const NO_REFERENCE = `(?!env:|file:|command:|credential:|keyring:|[$<{[])`

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

const SHAPES = new RegExp([PEM.source, ...wholeShapes('')].join('|'), 'g')
const SHAPES_IN_ANY_CASE = new RegExp(wholeShapes('i').join('|'), 'gi')

/** Takes out the fleet's own secrets, however they are encoded, and whatever has the shape of a vendor's token. */
export function redactor({secrets}: {readonly secrets: readonly string[]}): Redactor {
  const own = openOwn([{name: '', values: secrets}])
  const short = shortPattern(secrets)
  const text = (source: string): string => {
    const without = withoutSpots(source, own.find(source))
    const plain = (short === null ? without : without.replace(short, MARK))
      .replace(SHAPES, MARK)
      .replace(SHAPES_IN_ANY_CASE, MARK)
    const decoded = withoutSpots(plain, encodedTokens(plain))
    return ANNOUNCED.reduce((rest, shape) => rest.replace(shape, `$1${MARK}`), decoded)
  }
  return {text, value: <T>(value: T) => eachText(value, text) as T}
}

/** A text without what stands at some places of it. */
export function withoutSpots(text: string, spots: readonly Pick<Spot, 'start' | 'end'>[]): string {
  let [rest, at] = ['', 0]
  for (const {start, end} of [...spots].sort((one, other) => one.start - other.start)) {
    if (start >= at) rest += text.slice(at, start) + MARK
    at = Math.max(at, end)
  }
  return rest + text.slice(at)
}

function eachText(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) return value.map((item) => eachText(item, redact))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [redact(key), eachText(inner, redact)]))
}

/** Of a private key the shape is only its first line. */
function wholeShapes(flags: string): string[] {
  return SECRET_SHAPES.filter(([kind, shape]) => kind !== 'private key' && shape.flags === flags).map(
    ([, shape]) => shape.source,
  )
}
