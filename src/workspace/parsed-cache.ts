import {contentHash} from '../kit/hash.js'

/** Replaced by the build; a parser that changed must never meet values of an older one. */
declare const MCOS_BUILD_ID: string | undefined

const BUILD = typeof MCOS_BUILD_ID === 'string' ? MCOS_BUILD_ID : `unbuilt-${process.pid}`
const MAX_BYTES = 4 * 1024 * 1024
/** What is longer is read again each time, rather than written into the cache with everything else. */
const MAX_TEXT = 256 * 1024

/** Below `.mcos/`; can be deleted at any time. */
export const PARSED_CACHE_FILE = 'cache/parsed.json'

/** What is known of one text: its own hash, and what each kind of parser made of it. */
interface Known {
  hash?: string
  readonly values: Record<string, unknown>
}

/**
 * Values parsed from texts, kept under the whole text: a beat with nothing new loads no YAML parser, no time zones, and not
 * even Node's crypto, which takes as long as half of its files. It is speed, never truth: what is not found, or was written
 * by another build, is parsed again.
 */
export class ParsedCache {
  private readonly known: Map<string, Known>
  private readonly used = new Set<string>()
  private isDirty = false

  constructor(text: string | null) {
    this.known = readEntries(text)
  }

  /** The plain value for this text; `parse` runs when it isn't known, and what it throws is not kept. */
  async get<T>(kind: string, text: string, parse: () => T | Promise<T>): Promise<T> {
    const known = this.peek<T>(kind, text)
    if (known !== undefined) return known
    const value = await parse()
    this.keep(kind, text, value)
    return value
  }

  /** What an earlier start made of this text; undefined when it is new. */
  peek<T>(kind: string, text: string): T | undefined {
    this.used.add(text)
    return this.known.get(text)?.values[kind] as T | undefined
  }

  keep(kind: string, text: string, value: unknown): void {
    const {values} = this.open(text)
    if (kind in values) return
    values[kind] = value
    this.note(text)
  }

  /** The text's contentHash, which isn't worked out twice. */
  hashOf(text: string): string {
    const known = this.open(text)
    if (known.hash === undefined) {
      known.hash = contentHash(text)
      this.note(text)
    }
    return known.hash
  }

  /** What should be written back, or null when nothing was learnt. */
  textToSave(): string | null {
    if (!this.isDirty) return null
    const known = [...this.known].filter(([text]) => text.length <= MAX_TEXT)
    const all = format(known)
    return all.length <= MAX_BYTES ? all : format(known.filter(([text]) => this.used.has(text)))
  }

  private note(text: string): void {
    if (text.length <= MAX_TEXT) this.isDirty = true
  }

  private open(text: string): Known {
    this.used.add(text)
    const known = this.known.get(text) ?? {values: {}}
    this.known.set(text, known)
    return known
  }
}

function format(texts: readonly (readonly [string, Known])[]): string {
  return `${JSON.stringify({build: BUILD, texts})}\n`
}

function readEntries(text: string | null): Map<string, Known> {
  if (text === null) return new Map()
  try {
    const data: unknown = JSON.parse(text)
    if (typeof data !== 'object' || data === null || !('build' in data) || data.build !== BUILD) return new Map()
    return 'texts' in data && Array.isArray(data.texts) ? new Map(data.texts.filter(isEntry)) : new Map()
  } catch {
    // A damaged cache is an empty one.
    return new Map()
  }
}

function isEntry(entry: unknown): entry is [string, Known] {
  if (!Array.isArray(entry) || entry.length !== 2 || typeof entry[0] !== 'string') return false
  const known: unknown = entry[1]
  if (typeof known !== 'object' || known === null || !('values' in known)) return false
  if (typeof known.values !== 'object' || known.values === null) return false
  return !('hash' in known) || typeof known.hash === 'string'
}
