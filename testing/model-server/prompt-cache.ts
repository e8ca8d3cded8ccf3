import {createHash} from 'node:crypto'
import type {Clock} from '../../src/kit/clock.js'
import {canonical, countTokens} from './shape.js'

/** One block of a request in the order in which it is cached: tools, then system, then messages. */
export interface Block {
  readonly value: unknown
  readonly mark: '5m' | '1h' | null
}

/** How the input of one request was charged, in tokens. */
export interface Charge {
  readonly input: number
  readonly read: number
  readonly written5m: number
  readonly written1h: number
}

const TTL_MS = {'5m': 300_000, '1h': 3_600_000} as const

/** From a mark the provider looks back over so many blocks for something it has kept. */
const LOOK_BACK = 20

interface Entry {
  expires: number
  readonly ttlMs: number
}

/** What the provider keeps: a prefix of blocks up to a mark, by what it says, for five minutes or an hour. */
export class PromptCache {
  private readonly entries = new Map<string, Entry>()

  constructor(
    private readonly clock: Clock,
    private readonly minTokens: number,
  ) {}

  charge(scope: string, blocks: readonly Block[]): Charge {
    const {keys, sizes} = measure(scope, blocks)
    const total = sizes.at(-1) ?? 0
    const marks = blocks.flatMap(({mark}, index) =>
      mark && (sizes[index] ?? 0) >= this.minTokens ? [{mark, index}] : [],
    )
    const hit = Math.max(-1, ...marks.map(({index}) => this.lookBack(keys, index)))
    const read = hit < 0 ? 0 : (sizes[hit] ?? 0)
    const reach = (ttl: '5m' | '1h'): number =>
      Math.max(read, ...marks.filter(({mark}) => mark === ttl).map(({index}) => sizes[index] ?? 0))
    const upTo1h = reach('1h')
    const written1h = upTo1h - read
    const written5m = Math.max(0, reach('5m') - upTo1h)
    for (const {mark, index} of marks) this.keep(keys[index] ?? '', TTL_MS[mark])
    return {input: total - read - written1h - written5m, read, written5m, written1h}
  }

  private lookBack(keys: readonly string[], from: number): number {
    for (let index = from; index >= 0 && index > from - LOOK_BACK; index--) {
      const entry = this.entries.get(keys[index] ?? '')
      if (!entry || entry.expires <= this.clock.now()) continue
      entry.expires = this.clock.now() + entry.ttlMs
      return index
    }
    return -1
  }

  private keep(key: string, ttlMs: number): void {
    const known = this.entries.get(key)
    if (known && known.expires > this.clock.now() && known.ttlMs >= ttlMs) return
    this.entries.set(key, {expires: this.clock.now() + ttlMs, ttlMs})
  }
}

/** For every block, a hash of all up to it and what that comes to in tokens. */
function measure(scope: string, blocks: readonly Block[]): {keys: string[]; sizes: number[]} {
  const keys: string[] = []
  const sizes: number[] = []
  let key = scope
  let size = 0
  for (const {value} of blocks) {
    key = createHash('sha256').update(key).update(canonical(value)).digest('hex')
    size += countTokens(value)
    keys.push(key)
    sizes.push(size)
  }
  return {keys, sizes}
}
