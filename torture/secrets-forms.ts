import type {Dice} from './dice.js'

/** How a secret is written down; may take several lines. */
export type Form = (secret: string, dice: Dice) => string

const bytes = (text: string) => Buffer.from(text)
const percent = (text: string) => [...bytes(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
const cut = (secret: string, dice: Dice): [string, string] => {
  const at = Math.max(5, Math.floor(secret.length * 0.35) + dice.below(Math.max(1, Math.floor(secret.length * 0.3))))
  return [secret.slice(0, at), secret.slice(at)]
}

/** As anybody writes a token down, knowingly or not. */
export const PLAIN: Readonly<Record<string, Form>> = {
  bare: (secret) => secret,
  'in a sentence': (secret) => `Use ${secret} for now, I'll rotate it later.`,
  'in JSON': (secret) => JSON.stringify({token: secret, n: 1}),
  'in YAML': (secret) => `  api_key: ${JSON.stringify(secret)}`,
  'in a header': (secret) => `Authorization: Bearer ${secret.replaceAll('\n', '\\n')}`,
  'in base64': (secret) => bytes(secret).toString('base64'),
  'in base64 behind a name': (secret) => `auth=${bytes(`ada:${secret}`).toString('base64')}`,
  'in base64url': (secret) => bytes(secret).toString('base64url'),
  'in hex': (secret) => bytes(secret).toString('hex'),
  'in an address': (secret) => `https://api.example.com/v1/?q=${encodeURIComponent(secret)}&page=2`,
  'as codes of an address': percent,
}

/** What only someone does who wants it out, or a program that writes it its own way. */
export const TAKEN_APART: Readonly<Record<string, Form>> = {
  'in two literals': (secret, dice) => {
    const [first, rest] = cut(secret, dice)
    return `const key = "${first}" + "${rest}"`
  },
  'in two constants': (secret, dice) => {
    const [first, rest] = cut(secret, dice)
    return `const first = '${first}'\nconst second = '${rest}'\nuse(first + second)`
  },
  'over two lines': (secret, dice) => cut(secret, dice).join('\n'),
  'with blanks': (secret) => [...secret].join(' '),
  'in groups': (secret) => secret.match(/.{1,5}/gsu)?.join(' - ') ?? secret,
  'over many lines': (secret) => [...secret].join('\n'),
  'in a list': (secret) => `[${(secret.match(/.{1,7}/gsu) ?? []).map((piece) => JSON.stringify(piece)).join(', ')}]`,
  reversed: (secret) => [...secret].reverse().join(''),
  'in base64 over lines': (secret) =>
    bytes(secret)
      .toString('base64')
      .match(/.{1,12}/g)
      ?.join('\n') ?? secret,
  'in hex with colons': (secret) => (bytes(secret).toString('hex').match(/../g) ?? []).join(':'),
  'in hex, in capitals': (secret) => bytes(secret).toString('hex').toUpperCase(),
  'coded twice for an address': (secret) => encodeURIComponent(encodeURIComponent(secret)),
  'as codes of a page': (secret) => [...secret].map((letter) => `&#${letter.codePointAt(0)};`).join(''),
  'in JSON in JSON': (secret) => JSON.stringify(JSON.stringify({secret})),
}
