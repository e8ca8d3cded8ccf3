import {decodeBytes} from './charset.js'
import {decodeWords} from './words.js'

/** A header such as Content-Type: its value in lower case, and its parameters, decoded. */
export interface Structured {
  readonly value: string
  readonly params: ReadonlyMap<string, string>
}

const VALUE = /^[\s"]*([^\s;("]*)/
const PARAM = /;\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)(?:"|$)|([^;]*))/gs
const SECTION = /^([^*]+)\*(?:(\d{1,3})(\*?))?$/
const MOST_PARAMS = 100

interface Section {
  readonly at: number
  readonly text: string
  readonly isCoded: boolean
}

/** Reads value and parameters (also in the sections of RFC 2231); of two with one name the first counts. */
export function readStructured(header: string): Structured {
  const params = new Map<string, string>()
  const sections = new Map<string, Section[]>()
  const found = [...header.matchAll(PARAM)].slice(0, MOST_PARAMS)
  for (const [, given = '', quoted, plain = ''] of found) {
    const text = quoted === undefined ? plain.trim() : quoted.replace(/\\(.)/gs, '$1')
    const name = given.toLowerCase()
    const [, base, at = '0', star = '*'] = SECTION.exec(name) ?? []
    if (base === undefined) setOnce(params, name, tokenOf(name, text, quoted !== undefined))
    else sections.set(base, [...(sections.get(base) ?? []), {at: Number(at), text, isCoded: star === '*'}])
  }
  for (const [name, parts] of sections) setOnce(params, name, joinSections(parts))
  return {value: VALUE.exec(header)?.[1]?.toLowerCase() ?? '', params}
}

function setOnce(params: Map<string, string>, name: string, text: string): void {
  if (!params.has(name)) params.set(name, text)
}

/** A file's name may have spaces even when nobody quoted it; anything else ends at the first, where a comment begins. */
function tokenOf(name: string, text: string, isQuoted: boolean): string {
  if (name === 'name' || name === 'filename') return decodeWords(text)
  return isQuoted ? text : text.replace(/[\s(].*$/s, '')
}

function joinSections(parts: readonly Section[]): string {
  const sorted = [...parts].sort((one, other) => one.at - other.at)
  const first = sorted[0]
  const [, charset = null, rest = ''] = (first?.isCoded && /^([^']*)'[^']*'(.*)$/s.exec(first.text)) || []
  const texts = sorted.map((part, index) => (index === 0 && charset !== null ? {...part, text: rest} : part))
  const bytes = texts.map(({text, isCoded}) => (isCoded ? percentBytes(text) : Buffer.from(text, 'utf8')))
  return decodeBytes(Buffer.concat(bytes), charset)
}

function percentBytes(text: string): Buffer {
  const latin = Buffer.from(text, 'utf8').toString('latin1')
  return Buffer.from(
    latin.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  )
}
