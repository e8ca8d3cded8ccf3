import {contentHash} from '../kit/hash.js'

/** Replaced by the build; a parser that changed must never meet values of an older one. */
declare const MCOS_BUILD_ID: string | undefined

const BUILD = typeof MCOS_BUILD_ID === 'string' ? MCOS_BUILD_ID : `unbuilt-${process.pid}`
const MAX_BYTES = 4 * 1024 * 1024

/** Below `.mcos/`; can be deleted at any time. */
export const PARSED_CACHE_FILE = 'cache/parsed.json'

/**
 * Values parsed from texts, kept by the hash of the text: a beat with nothing new loads no YAML parser and no time zones.
 * It is speed, never truth: what is not found, or was written by another build, is parsed again.
 */
export class ParsedCache {
  private readonly known: Map<string, unknown>
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
    const key = keyOf(kind, text)
    this.used.add(key)
    return this.known.get(key) as T | undefined
  }

  keep(kind: string, text: string, value: unknown): void {
    const key = keyOf(kind, text)
    if (this.known.has(key)) return
    this.used.add(key)
    this.known.set(key, value)
    this.isDirty = true
  }

  /** What should be written back, or null when nothing was learnt. */
  textToSave(): string | null {
    if (!this.isDirty) return null
    const all = format([...this.known])
    return all.length <= MAX_BYTES ? all : format([...this.known].filter(([key]) => this.used.has(key)))
  }
}

function keyOf(kind: string, text: string): string {
  return `${kind} ${contentHash(text)}`
}

function format(entries: readonly (readonly [string, unknown])[]): string {
  return `${JSON.stringify({build: BUILD, entries: Object.fromEntries(entries)})}\n`
}

function readEntries(text: string | null): Map<string, unknown> {
  if (text === null) return new Map()
  try {
    const data: unknown = JSON.parse(text)
    if (typeof data !== 'object' || data === null || !('build' in data) || data.build !== BUILD) return new Map()
    if (!('entries' in data) || typeof data.entries !== 'object' || data.entries === null) return new Map()
    return new Map(Object.entries(data.entries))
  } catch {
    // A damaged cache is an empty one.
    return new Map()
  }
}
