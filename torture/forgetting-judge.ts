import type {Fact} from './forgetting-facts.js'
import {HOSTILE_MARK} from './forgetting-noise.js'

/** What one cut left: the file, and the request that came right after it. */
export interface Cut {
  readonly workstate: string
  readonly next: string
  /** All that was heard since the session began. */
  readonly heard: readonly string[]
  /** Of it, what was said by nobody who has to be remembered. */
  readonly noise: readonly string[]
}

export interface Verdict {
  readonly lost: readonly Fact[]
  readonly unbound: readonly Fact[]
  readonly undead: readonly Fact[]
  readonly tokens: number
  /** The longest piece that stands in both, in characters. */
  readonly longest: number
  /** How much of the file is noise, by its lines. */
  readonly noiseShare: number
  readonly hostile: number
}

/** Holds a cut against what was said and still holds, fact by fact. */
export function judgeCut(cut: Cut, said: readonly Fact[]): Verdict {
  const over = new Set(said.flatMap(({replaces}) => replaces ?? []))
  const holding = said.filter(({id, marks}) => !over.has(id) && marks.length > 0)
  const [file, request] = [itemsOf(cut.workstate), itemsOf(cut.next)]
  const lines = cut.workstate.split('\n').filter((line) => line.trim() !== '')
  const whole = cut.heard.join('\n')
  return {
    lost: holding.filter((fact) => !isIn(fact, file) && !isIn(fact, request)),
    unbound: holding.filter((fact) => fact.kind === 'standing' && !isIn(fact, request)),
    undead: said.filter((fact) => over.has(fact.id) && isStill(fact, file, said)),
    tokens: Math.ceil(Buffer.byteLength(cut.workstate) / 4),
    longest: Math.max(0, ...lines.map((line) => longestIn(line, whole))),
    noiseShare:
      lines.filter((line) => cut.noise.some((piece) => line.includes(piece))).length / Math.max(lines.length, 1),
    hostile: lines.filter((line) => line.toLowerCase().includes(HOSTILE_MARK)).length,
  }
}

/** Facts that stand nowhere in a text. */
export function lostOf(facts: readonly Fact[], text: string): Fact[] {
  const items = itemsOf(text)
  return facts.filter((fact) => !isIn(fact, items))
}

/** Bullets with the lines that go on with them. */
function itemsOf(text: string): string[] {
  return text
    .replace(/\n {2,}(?=\S)/g, ' ')
    .split('\n')
    .map(plain)
}

function isIn({marks}: Fact, items: readonly string[]): boolean {
  return items.some((item) => marks.every((mark) => item.includes(plain(mark))))
}

/** Said again in the line that corrects it, it is not still there. */
function isStill(fact: Fact, items: readonly string[], said: readonly Fact[]): boolean {
  const newer = said.find(({replaces}) => replaces === fact.id)
  const isCorrected = (item: string): boolean =>
    (newer?.marks.length ?? 0) > 0 && (newer?.marks.every((mark) => item.includes(plain(mark))) ?? false)
  return isIn(
    fact,
    items.filter((item) => !isCorrected(item)),
  )
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[*_`’]/g, (mark) => (mark === '’' ? "'" : ''))
    .replace(/\s+/g, ' ')
}

/** The longest part of a line that stands so in the text. */
function longestIn(line: string, text: string): number {
  let longest = 0
  for (let start = 0; start + longest < line.length; start++) {
    while (start + longest < line.length && text.includes(line.slice(start, start + longest + 1))) longest++
  }
  return longest
}
