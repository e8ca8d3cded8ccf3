import {ROUGHLY, SECRET_SHAPES} from './shapes.js'

/** A run that may be a token in another spelling: base64, hex, or with each letter as its code. */
export interface EncodedRun {
  readonly start: number
  readonly end: number
  /** What kind of token it is once it is decoded. */
  readonly kind: string
}

const IN_LETTERS = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{24,}={0,2}/g
const IN_CODES = /(?<![\w.~%-])(?:%[0-9A-Fa-f]{2}|[\w.~-]){20,}/g

/** A run that is longer, such as a picture, is only read from its beginning. */
const LONGEST_SHIFTED = 4_000

const ROUGH = new RegExp(ROUGHLY)

/** Where a text holds vendors' tokens that were encoded. */
export function encodedTokens(text: string): EncodedRun[] {
  const runs = [...text.matchAll(IN_LETTERS), ...(text.includes('%') ? text.matchAll(IN_CODES) : [])]
  return runs.flatMap(({index, 0: run}) => {
    const kind = encodedKind(run)
    return kind === null ? [] : [{start: index, end: index + run.length, kind}]
  })
}

function encodedKind(run: string): string | null {
  for (const text of decodings(run)) {
    if (!ROUGH.test(text)) continue
    const found = SECRET_SHAPES.find(([, shape]) => shape.test(text))
    if (found) return found[0]
  }
  return null
}

function* decodings(run: string): Generator<string> {
  if (run.includes('%')) {
    yield run.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    return
  }
  if (/^(?:[0-9a-f]{2})+$/i.test(run)) yield Buffer.from(run, 'hex').toString('latin1')
  // What stands before it in an address or a path may have the same letters.
  const shifts = run.length > LONGEST_SHIFTED ? 1 : 4
  for (let shift = 0; shift < shifts; shift++) yield Buffer.from(run.slice(shift), 'base64').toString('latin1')
}
