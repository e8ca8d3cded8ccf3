import {isDeepStrictEqual} from 'node:util'
import {
  CST,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml'
import {type UserError, unreadable} from './errors.js'
import {deleteInText, setInText} from './yaml-edit.js'
import {findExcess, type YamlToken} from './yaml-limits.js'
import {nodeAt, offsetAt, toPlain, type YamlEntry, type YamlNode, type YamlPath} from './yaml-tree.js'

export {formatYamlValue} from './yaml-edit.js'
export type {YamlPath} from './yaml-tree.js'

export interface YamlOptions {
  readonly file: string
  /** The line of the file on which the text begins. */
  readonly firstLine?: number
  readonly maxBytes?: number
  readonly fix?: string
}

const MAX_BYTES = 1024 * 1024
const MAX_NODES = 50_000
/** Keys that would reach behind an object's own properties. */
const PROTOTYPE_KEYS = new Set(['__proto__', 'constructor', 'prototype'])
/** The lexer speaks in some of these itself; YAML allows none of them. */
const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/

/** YAML 1.2, core schema, read strictly and within limits; whatever can't be read is an error with its line. */
export function parseYaml(text: string, options: YamlOptions): YamlDocument {
  return new YamlDocument(text, options)
}

/** One YAML text: its plain values, where they stand, and edits that leave every other line as it was. */
export class YamlDocument {
  #text: string
  #root: YamlNode
  #data: unknown
  readonly #options: YamlOptions

  constructor(text: string, options: YamlOptions) {
    this.#options = options
    this.#text = text
    this.#root = compose(text, options)
    this.#data = plain(this.#root, options)
  }

  /** Plain objects, lists and scalars; null for an empty text. */
  get data(): unknown {
    return this.#data
  }

  /** The file's line of a key or an item, or of the nearest thing above it that is there. */
  lineOf(path: YamlPath): number {
    return lineAt(this.#text, offsetAt(this.#root, path), this.#options)
  }

  has(path: YamlPath): boolean {
    return nodeAt(this.#root, path) !== undefined
  }

  set(path: YamlPath, value: unknown): void {
    this.#replace(setInText({text: this.#text, root: this.#root}, path, value))
    const node = nodeAt(this.#root, path)
    const now = node && toPlain(node, {left: MAX_NODES})
    if (!isDeepStrictEqual(now, JSON.parse(JSON.stringify(value ?? null)))) {
      throw new TypeError(`${this.#options.file}: ${path.join('.')} could not be changed in place`)
    }
  }

  delete(path: YamlPath): void {
    const text = deleteInText({text: this.#text, root: this.#root}, path)
    if (text !== null) this.#replace(text)
  }

  toString(): string {
    return this.#text
  }

  #replace(text: string): void {
    const root = compose(text, this.#options)
    this.#data = plain(root, this.#options)
    this.#root = root
    this.#text = text
  }
}

function compose(text: string, options: YamlOptions): YamlNode {
  const {maxBytes = MAX_BYTES} = options
  if (text.length > maxBytes || Buffer.byteLength(text) > maxBytes) {
    throw bad({offset: 0, text, options}, `at most ${maxBytes / 1024} KiB of YAML`, `${Buffer.byteLength(text)} bytes`)
  }
  const control = text.search(CONTROLS)
  if (control >= 0) throw bad({offset: control, text, options}, 'text', 'a control character')
  const excess = findExcess(tokensOf(text), Math.max(2000, Math.floor(maxBytes / 8)))
  if (excess) {
    const line = excess.line + (options.firstLine ?? 1) - 1
    throw unreadable(
      {file: options.file, line},
      {expected: 'YAML of modest size', got: excess.reason, fix: fixOf(options, line)},
    )
  }
  const document = parseDocument(text, {
    lineCounter: new LineCounter(),
    prettyErrors: false,
    strict: true,
    uniqueKeys: true,
    version: '1.2',
    merge: false,
  })
  const [problem] = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0])
  if (problem) throw bad({offset: problem.pos[0], text, options}, 'YAML', problem.message)
  if (document.directives.yaml.explicit || /^%/.test(text)) {
    throw bad({offset: 0, text, options}, 'plain YAML 1.2', 'a % directive')
  }
  return convert(document.contents as Node | null, {text, options, anchors: new Map()})
}

function* tokensOf(text: string): Generator<YamlToken> {
  for (const source of new Lexer().lex(text)) yield {type: CST.tokenType(source), source}
}

interface Conversion {
  readonly text: string
  readonly options: YamlOptions
  readonly anchors: Map<string, YamlNode>
}

function convert(node: Node | null, context: Conversion): YamlNode {
  const end = context.text.length
  if (!node) return {kind: 'scalar', value: null, start: end, end, isMarked: false}
  const converted = convertKnown(node, context)
  if ('anchor' in node && node.anchor) context.anchors.set(node.anchor, converted)
  return converted
}

function convertKnown(node: Node, context: Conversion): YamlNode {
  const {text, options, anchors} = context
  const [start, end] = node.range ?? [0, 0]
  const where = {offset: start, text, options}
  const span = {start, end, isMarked: Boolean(('anchor' in node && node.anchor) || node.tag)}
  if (isAlias(node)) {
    const target = anchors.get(node.source)
    if (!target) throw bad(where, 'an anchor that stands above', `*${node.source}`)
    return {kind: 'alias', target, ...span}
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => convert(item as Node | null, context))
    return {kind: 'list', isFlow: node.flow === true, items, ...span}
  }
  if (isMap(node)) return {kind: 'map', isFlow: node.flow === true, entries: convertEntries(node, context), ...span}
  if (!isScalar(node)) throw bad(where, 'a value', 'something else')
  const {value} = node
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return {kind: 'scalar', value, ...span}
  if (typeof value === 'number' && Number.isFinite(value)) return {kind: 'scalar', value, ...span}
  throw bad(where, 'a text, a number, true, false or null', text.slice(start, end))
}

function convertEntries(map: YAMLMap, context: Conversion): YamlEntry[] {
  const seen = new Set<string>()
  return map.items.map((pair: Pair) => {
    const key = pair.key as Node | null
    const [keyStart, keyEnd] = key?.range ?? map.range ?? [0, 0]
    const where = {offset: keyStart, text: context.text, options: context.options}
    if (!isScalar(key) || typeof key.value === 'object' || key.anchor) {
      throw bad(where, 'a word as a key', 'something else')
    }
    const name = String(key.value)
    if (PROTOTYPE_KEYS.has(name)) throw bad(where, 'another key', name)
    if (seen.has(name)) throw bad(where, `"${name}" once`, `${name} a second time`)
    seen.add(name)
    const value = pair.value ? convert(pair.value as Node, context) : emptyValue(keyEnd)
    return {key: name, keyStart, keyEnd, value}
  })
}

/** A key of a flow map that stands alone, `{a, b}`: its value is null and has no place of its own. */
function emptyValue(at: number): YamlNode {
  return {kind: 'scalar', value: null, start: at, end: at, isMarked: true}
}

function plain(root: YamlNode, options: YamlOptions): unknown {
  try {
    return toPlain(root, {left: MAX_NODES})
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    const line = options.firstLine ?? 1
    throw unreadable(
      {file: options.file, line},
      {expected: 'YAML of modest size', got: `more than ${MAX_NODES} values`, fix: fixOf(options, line), cause},
    )
  }
}

interface Where {
  readonly offset: number
  readonly text: string
  readonly options: YamlOptions
}

function bad({offset, text, options}: Where, expected: string, got: string): UserError {
  const line = lineAt(text, offset, options)
  const column = offset - text.lastIndexOf('\n', offset - 1)
  const short = got.length > 100 ? `${got.slice(0, 100)}…` : got
  return unreadable({file: options.file, line, column}, {expected, got: short, fix: fixOf(options, line)})
}

function fixOf({file, fix}: YamlOptions, line: number): string {
  return fix ?? `Mend line ${line} of ${file}`
}

function lineAt(text: string, offset: number, {firstLine = 1}: YamlOptions): number {
  let line = firstLine
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}
