import {type Place, unreadable} from '../../kit/errors.js'

/** A value of a JSON text, with the place where it stands, so that an edit can leave every other character alone. */
export interface JsonNode {
  readonly start: number
  /** Behind its last character. */
  readonly end: number
  readonly value: unknown
  /** Of an object, in the order of the text. */
  readonly properties: readonly JsonProperty[]
  /** Of a list. */
  readonly elements: readonly JsonNode[]
}

export interface JsonProperty {
  readonly key: string
  /** Where its key begins. */
  readonly start: number
  readonly end: number
  readonly node: JsonNode
}

export interface JsonTextOptions {
  readonly file: string
  /** Whether whoever reads the file takes comments. */
  readonly comments: boolean
}

/** Reads a JSON text with the place of each value; whatever else it is, is told with its line and nothing guessed. */
export function parseJsonText(text: string, options: JsonTextOptions): JsonNode {
  return new Reader(text, options).document()
}

/** Behind blanks, and comments where there are any, from `at` on. */
export function skipBlanks(text: string, at: number): number {
  BLANKS.lastIndex = at
  return at + (BLANKS.exec(text)?.[0].length ?? 0)
}

const BLANKS = /(?:[\s\uFEFF]|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y
const SCALAR = /"(?:[^"\\\n]|\\.)*"|-?\d[\d.eE+-]*|true|false|null/y

const DEEPEST = 200

class Reader {
  private at = 0
  private depth = 0

  constructor(
    private readonly text: string,
    private readonly options: JsonTextOptions,
  ) {}

  document(): JsonNode {
    const node = this.node()
    this.blanks()
    if (this.at < this.text.length) throw this.unexpected('the end of the file')
    return node
  }

  private node(): JsonNode {
    this.blanks()
    if (++this.depth > DEEPEST) throw this.unexpected(`at most ${DEEPEST} levels`)
    const letter = this.text[this.at]
    const node = letter === '{' ? this.object() : letter === '[' ? this.list() : this.scalar()
    this.depth--
    return node
  }

  private object(): JsonNode {
    const start = this.at++
    const properties: JsonProperty[] = []
    this.each('}', () => {
      const key = this.string()
      if (properties.some((known) => known.key === key.text)) throw this.unexpected(`"${key.text}" only once`)
      this.blanks()
      if (this.text[this.at] !== ':') throw this.unexpected('":"')
      this.at++
      const node = this.node()
      properties.push({key: key.text, start: key.start, end: node.end, node})
    })
    const value: Record<string, unknown> = Object.create(null)
    for (const {key, node} of properties) value[key] = node.value
    return {start, end: this.at, value, properties, elements: []}
  }

  private list(): JsonNode {
    const start = this.at++
    const elements: JsonNode[] = []
    this.each(']', () => elements.push(this.node()))
    return {start, end: this.at, value: elements.map(({value}) => value), properties: [], elements}
  }

  /** What stands between brackets, parted by commas; none behind the last. */
  private each(close: string, read: () => void): void {
    this.blanks()
    if (this.text[this.at] !== close) {
      for (;;) {
        this.blanks()
        read()
        this.blanks()
        if (this.text[this.at] !== ',') break
        this.at++
      }
    }
    if (this.text[this.at] !== close) throw this.unexpected(`"," or "${close}"`)
    this.at++
  }

  private string(): {text: string; start: number} {
    const start = this.at
    const node = this.scalar()
    if (typeof node.value === 'string') return {text: node.value, start}
    this.at = start
    throw this.unexpected('a name in quotes')
  }

  private scalar(): JsonNode {
    SCALAR.lastIndex = this.at
    const word = SCALAR.exec(this.text)?.[0]
    if (word === undefined) throw this.unexpected('a value')
    const start = this.at
    let value: unknown
    try {
      value = JSON.parse(word)
    } catch {
      // A number or an escape that JSON doesn't know: told with its place.
      throw this.unexpected('a value')
    }
    this.at += word.length
    return {start, end: this.at, value, properties: [], elements: []}
  }

  private blanks(): void {
    const end = skipBlanks(this.text, this.at)
    const skipped = this.text.slice(this.at, end)
    if (!this.options.comments && skipped.includes('/')) {
      this.at += skipped.indexOf('/')
      throw this.unexpected('no comment')
    }
    this.at = end
  }

  private unexpected(expected: string): Error {
    const before = this.text.slice(0, this.at).split('\n')
    const got = this.text.slice(this.at, this.at + 20).split('\n')[0]
    const place: Place = {file: this.options.file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1}
    const fix = 'Put that right by hand; until then nothing is written there.'
    return unreadable(place, {expected, got: got ? JSON.stringify(got) : 'nothing more on the line', fix})
  }
}
