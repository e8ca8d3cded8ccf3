/** A shorter secret is only looked for where it stands by itself, a still shorter one is no secret worth the name. */
const SURE_LENGTH = 8
const SHORTEST = 4
/** An encoding that is longer is looked for by its beginning. */
const LONGEST_SPELLED = 200

/** One search for those that are too short to be looked for anywhere but where they stand by themselves; null: none is. */
export function shortPattern(secrets: readonly string[]): RegExp | null {
  const short = [...new Set(secrets)].filter(({length}) => length >= SHORTEST && length < SURE_LENGTH)
  if (short.length === 0) return null
  const longestFirst = short.sort((one, other) => other.length - one.length).map(escapeRegExp)
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${longestFirst.join('|')})(?![\\p{L}\\p{N}_])`, 'gu')
}

/** A secret as programs, pages and addresses spell it. */
export function formsOf(secret: string): string[] {
  const url = encodeURIComponent(Buffer.from(secret).toString())
  const lines = secret.split(/\r?\n/).filter(({length}) => length >= 16)
  const json = JSON.stringify(secret).slice(1, -1)
  return [
    secret,
    ...lines,
    json,
    JSON.stringify(json).slice(1, -1),
    ...[url, encodeURIComponent(url)].flatMap((text) => [
      text,
      text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    ]),
    url.replaceAll('%20', '+'),
    htmlForm(secret),
    ...spelledOut(secret),
    ...base64Forms(secret),
  ]
}

function htmlForm(secret: string): string {
  return secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** Letter by letter: hex, as it stands in an address, in JSON, in a page. */
function spelledOut(secret: string): string[] {
  const letters = [...secret.slice(0, LONGEST_SPELLED)]
  const hex = Buffer.from(letters.join('')).toString('hex')
  const pairs = hex.match(/../g) ?? []
  const codes = letters.map((letter) => letter.codePointAt(0) ?? 0)
  const both = [hex, pairs.join(' '), pairs.join(':'), pairs.map((pair) => `%${pair}`).join('')]
  return [
    ...both.flatMap((form) => [form, form.toUpperCase()]),
    pairs.map((pair) => `\\x${pair}`).join(''),
    codes.map((code) => `\\u${code.toString(16).padStart(4, '0')}`).join(''),
    codes.map((code) => `&#${code};`).join(''),
    codes.map((code) => `&#x${code.toString(16)};`).join(''),
    [...letters].reverse().join(''),
  ]
}

/** The spellings of a secret that somebody could take apart. */
export function wholeForms(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const hex = bytes.toString('hex')
  return [secret, ...base64Forms(secret), hex, hex.toUpperCase(), [...secret].reverse().join('')]
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

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
