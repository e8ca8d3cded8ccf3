import {domainToASCII} from 'node:url'
import {cleanLine, shorten} from '../../kit/text.js'
import type {Address} from '../mail.js'
import {decodeWords, WORD} from './words.js'

const MOST = 200
const LONGEST_NAME = 200
const LONGEST_ADDRESS = 254

/** What one address is made of while it is read. */
interface Draft {
  /** All outside of brackets and comments, quotes kept. */
  phrase: string
  comment: string
  /** What stands in `<…>`; null: there was none. */
  angle: string | null
}

const STEP = new RegExp(
  [
    WORD.source, // Whole, so that nothing it hides can act as punctuation.
    /"(?:[^"\\]|\\.)*(?:"|$)/.source,
    /<[^<>,;"]*(?:"(?:[^"\\]|\\.)*")?[^<>,;"]*>?/.source,
    /[(,;:]/.source,
    /[^"<(,;:=]+/.source,
    /./.source,
  ].join('|'),
  'gis',
)

/**
 * Reads the addresses of a header whatever is wrong with it; groups give their members. Names are decoded only after the
 * punctuation was read, so that no encoded word can add an address.
 */
export function readAddresses(text: string): Address[] {
  const found: Address[] = []
  let draft: Draft = {phrase: '', comment: '', angle: null}
  const flush = () => {
    if (draft.phrase === '' && draft.comment === '' && draft.angle === null) return
    const address = finish(draft)
    if (address.name !== '' || address.address !== '') found.push(address)
    draft = {phrase: '', comment: '', angle: null}
  }
  const step = new RegExp(STEP)
  for (let match = step.exec(text); match !== null && found.length < MOST; match = step.exec(text)) {
    const token = match[0]
    if (token === ',' || token === ';') flush()
    else if (token === '(') {
      const end = commentEnd(text, step.lastIndex)
      draft.comment += ` ${text.slice(step.lastIndex, end)}`
      step.lastIndex = end + 1
    } else if (token === ':' && !draft.phrase.includes('@') && draft.angle === null) draft.phrase = ''
    else if (token.startsWith('<')) draft.angle ??= token.slice(1).replace(/>$/, '')
    else draft.phrase += token
  }
  flush()
  return found.slice(0, MOST)
}

function commentEnd(text: string, from: number): number {
  let depth = 1
  for (let at = from; at < text.length; at++) {
    const letter = text[at]
    if (letter === '\\') at++
    else if (letter === '(') depth++
    else if (letter === ')' && --depth === 0) return at
  }
  return text.length
}

function finish({phrase, comment, angle}: Draft): Address {
  if (angle !== null) return made(phrase.trim() === '' ? comment : phrase, angle)
  const alone = phrase.trim()
  if (/^"(?:[^"\\]|\\.)*"@[^\s"@]+$/.test(alone)) return made(comment, alone)
  // An address in quotes is only a name.
  const bare = alone.replace(/"(?:[^"\\]|\\.)*"?/g, ' ').split(/\s+/)
  const address = bare.findLast((word) => word.includes('@'))
  if (address === undefined) return made(alone, '')
  const rest = alone.replace(address, ' ').trim()
  return made(rest === '' ? comment : rest, address)
}

function made(name: string, address: string): Address {
  const unquoted = name.replace(/"((?:[^"\\]|\\.)*)"?/g, (_, inner: string) => inner.replace(/\\(.)/gs, '$1'))
  const canonical = canonicalAddress(address)
  // An address that nobody could write to still says who the mail claims to be from.
  const shown = unquoted.trim() === '' && canonical === '' ? address : decodeWords(unquoted)
  return {name: shorten(cleanLine(shown), LONGEST_NAME), address: canonical}
}

// What no server would take: two "@", stars or brackets in the host. Rules and drafts go by addresses.
const USABLE = /^(?:"(?:[^"\\\s<>]|\\[^\s<>])+"|[^\s<>"@]+)@(?:[\p{L}\p{M}\p{N}._-]+|\[[\w.:]+\])$/u

/** Lower case, the host as DNS knows it, so that one address has one form; '' for what nobody could write to. */
function canonicalAddress(text: string): string {
  // A route (@a,@b:user@host) is long out of use.
  const plain = cleanLine(text)
    .replace(/^@[^:]*:/, '')
    .replace(/^mailto:/i, '')
  const at = plain.lastIndexOf('@')
  const address = `${plain.slice(0, Math.max(at, 0)).toLowerCase()}@${canonicalHost(plain.slice(at + 1))}`
  return address.length <= LONGEST_ADDRESS && USABLE.test(address) ? address : ''
}

/** A host in lower case; letters that only look like others are shown by the form that DNS uses. */
function canonicalHost(host: string): string {
  const lower = host.toLowerCase().replace(/\.$/, '')
  if (/^[\0-\x7f]*$/.test(lower)) return lower
  const ascii = domainToASCII(lower)
  // What comes out without this mark was a look-alike of plain letters, and is kept as what it is.
  return ascii.includes('xn--') ? ascii : lower
}
