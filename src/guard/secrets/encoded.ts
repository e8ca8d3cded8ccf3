import {SECRET_SHAPES} from './shapes.js'

/** Runs that may be a token in another spelling: base64, hex, or with each letter as its code. */
export const ENCODED = /[A-Za-z0-9+/_-]{24,}={0,2}|(?:%[0-9A-Fa-f]{2}|[\w.~-]){20,}/g

/** A run that is longer, such as a picture, is only read from its beginning. */
const LONGEST_SHIFTED = 4_000

/** What kind of token a run is once it is decoded; null: none. */
export function encodedKind(run: string): string | null {
  for (const text of decodings(run)) {
    const found = SECRET_SHAPES.find(([, shape]) => shape.test(text))
    if (found) return found[0]
  }
  return null
}

function* decodings(run: string): Generator<string> {
  if (run.includes('%')) {
    yield run.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  }
  if (/^(?:[0-9a-f]{2})+$/i.test(run)) yield Buffer.from(run, 'hex').toString('latin1')
  // What stands before it in an address or a path may have the same letters.
  const shifts = run.length > LONGEST_SHIFTED ? 1 : 4
  for (let shift = 0; shift < shifts; shift++) yield Buffer.from(run.slice(shift), 'base64').toString('latin1')
}
