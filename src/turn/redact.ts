import {SECRET_SHAPES} from '../kit/secret-shapes.js'
import {ownPattern} from './secret-forms.js'

/** Takes secrets out of a text, or out of every text inside a value. */
export interface Redactor {
  text(text: string): string
  /** The same value with every text in it redacted, keys included. */
  value<T>(value: T): T
}

const MARK = '[redacted]'

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

/** Runs that may be a token in another spelling: base64, hex, or with each letter as its code. */
const ENCODED = /[A-Za-z0-9+/_-]{32,}={0,2}|(?:%[0-9A-Fa-f]{2}|[\w.~-]){24,}/g

/** Takes out the fleet's own secrets, however they are encoded, and whatever has the shape of a vendor's token. */
export function redactor({secrets}: {readonly secrets: readonly string[]}): Redactor {
  const own = ownPattern(secrets)
  const text = (source: string): string => {
    const without = own === null ? source : source.replace(own, MARK)
    const plain = without.replace(SHAPES, MARK).replace(ENCODED, (run) => (hidesToken(run) ? MARK : run))
    return ANNOUNCED.reduce((rest, shape) => rest.replace(shape, `$1${MARK}`), plain)
  }
  return {text, value: <T>(value: T) => eachText(value, text) as T}
}

/** Whether a text holds a vendor's token in another spelling than its own. */
export function hasEncodedToken(text: string): boolean {
  return (text.match(ENCODED) ?? []).some(hidesToken)
}

/** Whether a run is a vendor's token once it is decoded. */
function hidesToken(run: string): boolean {
  const isHex = /^(?:[0-9a-f]{2})+$/i.test(run)
  const texts = [
    Buffer.from(run, 'base64').toString('latin1'),
    ...(isHex ? [Buffer.from(run, 'hex').toString('latin1')] : []),
    ...(run.includes('%')
      ? [run.replace(/%([0-9a-f]{2})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))]
      : []),
  ]
  return texts.some((text) => text.search(SHAPES) >= 0)
}

function eachText(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) return value.map((item) => eachText(item, redact))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [redact(key), eachText(inner, redact)]))
}

/** Of a private key the shape is only its first line. */
function wholeShapes(): string[] {
  return SECRET_SHAPES.filter(([kind]) => kind !== 'private key').map(([, shape]) => sourceOf(shape))
}

/** All shapes share one search; the one that ignores case is written out for it. */
function sourceOf({source, flags}: RegExp): string {
  return flags.includes('i') ? source.replace(/\[a-z\]\[a-z0-9/, '[A-Za-z][A-Za-z0-9') : source
}
