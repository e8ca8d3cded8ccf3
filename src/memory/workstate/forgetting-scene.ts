import {CHANGES, CHATTER} from './forgetting-changes.js'
import {TEMPLATES} from './forgetting-templates.js'
import type {Dice, Planted} from './forgetting-words.js'
import type {Heard, KnownWork} from './heard.js'

/** A long session in pieces, one a cut, with what has to be known at its end and what must be gone by then. */
export interface Session {
  readonly pieces: readonly (readonly Heard[])[]
  readonly facts: readonly Planted[]
  readonly gone: readonly string[]
  readonly words: number
}

const AT = '2026-11-21T08:30:00.000Z'
const CUTS = 10

export const KNOWN: KnownWork = {
  turn: 't_01JD0000000000000000000000',
  at: AT,
  engine: 'claude',
  window: 200_000,
  contextUsed: 171_000,
  files: [],
  messages: [],
  waiting: [],
}

/** `half` 0 are the templates the rules were made with, 1 those that were held out. */
export function makeSession(seed: number, half: 0 | 1, noise = 60): Session {
  const dice = diceOf(seed)
  const kinds = Object.entries(TEMPLATES).map(([kind, templates]) => ({
    kind,
    own: templates.filter((_, index) => index % 2 === half),
  }))
  const facts: {planted: Planted; kind: string}[] = []
  const taken = new Set<string>()
  for (let index = 0; facts.length < 92; index++) {
    const {kind, own} = kinds[index % kinds.length] ?? {kind: '', own: []}
    const planted = dice.pick(own)(dice)
    // The same sentence with another value would be a correction, and is planted as one below.
    const key = `${kind} ${planted.text.replace(/\d+(?:st|nd|rd|th)?|January|February|March|April|June|July|August|September|October|November/g, '#')}`
    if (taken.has(key) || taken.has(planted.text)) continue
    taken.add(key).add(planted.text)
    facts.push({planted, kind})
  }
  const changes = CHANGES.map((change, index) => change(dice, `annex ${'ABCDEFGH'[index]}${dice.digits(2)}`))
  const pieces = Array.from({length: CUTS}, (): Heard[] => [])
  facts.forEach(({planted, kind}, index) => {
    pieces[index % CUTS]?.push(heardAs(planted.text, kind, dice))
  })
  changes.forEach(({old, now}, index) => {
    pieces[index % 4]?.push({kind: 'person', name: 'ada', text: old.text, at: AT})
    pieces[5 + (index % 5)]?.push({kind: 'person', name: 'ada', text: now.text, at: AT})
  })
  const full = pieces.map((piece) => withNoise(piece, dice, noise))
  return {
    pieces: full,
    facts: [...facts.map(({planted}) => planted), ...changes.map(({now}) => now)],
    gone: changes.flatMap(({old}) => old.keys),
    words: full.flat().reduce((sum, {text}) => sum + text.split(/\s+/).length, 0),
  }
}

/** Which facts a text has lost: a fact is there when all its pieces are. */
export function lostIn(text: string, facts: readonly Planted[]): Planted[] {
  const low = text.toLowerCase()
  return facts.filter(({keys}) => !keys.every((key) => low.includes(key.toLowerCase())))
}

function heardAs(text: string, kind: string, dice: Dice): Heard {
  const isOwn = kind === 'standing'
  const where = isOwn ? 0 : dice.below(10)
  if (where >= 8 && !['step', 'open', 'promise', 'decision'].includes(kind)) {
    return dice.below(2) === 0
      ? {kind: 'call', name: 'log', text: JSON.stringify({text}), at: AT}
      : {kind: 'result', name: 'run', text, at: AT}
  }
  const before = dice.below(3) === 0 && kind !== 'step' ? `${dice.pick(CHATTER)(dice)} ` : ''
  return {kind: where < 5 ? 'person' : 'agent', name: where < 5 ? 'ada' : 'claude', text: `${before}${text}`, at: AT}
}

function withNoise(piece: readonly Heard[], dice: Dice, amount: number): Heard[] {
  const all: Heard[] = [...piece].sort(() => dice.below(3) - 1)
  // In order, so that a correction never comes before what it corrects.
  const mixed: Heard[] = []
  for (const item of all) {
    mixed.push(...Array.from({length: Math.ceil(amount / Math.max(1, piece.length))}, () => noiseOf(dice)), item)
  }
  return [...mixed, noiseOf(dice), noiseOf(dice)]
}

function noiseOf(dice: Dice): Heard {
  const chat = () => Array.from({length: 3 + dice.below(4)}, () => dice.pick(CHATTER)(dice)).join(' ')
  switch (dice.below(6)) {
    case 0:
      return {kind: 'person', name: 'ada', text: chat(), at: AT}
    case 1:
      return {kind: 'result', name: 'read', text: Array.from({length: 25}, () => logLine(dice)).join('\n'), at: AT}
    case 2:
      return {kind: 'result', name: 'run', text: `exit 0 in ${dice.digits(3)} ms`, at: AT}
    case 3:
      return {
        kind: 'call',
        name: 'read',
        text: JSON.stringify({path: `src/${dice.letters(6)}/${dice.letters(5)}.ts`}),
        at: AT,
      }
    case 4:
      return {
        kind: 'agent',
        name: 'claude',
        text: `${chat()}\n\`\`\`ts\nconst ${dice.letters(4)} = ${dice.digits(3)}\nif (${dice.letters(3)} > ${dice.digits(2)}) return null;\n\`\`\`\n${chat()}`,
        at: AT,
      }
    default:
      return {
        kind: 'agent',
        name: 'claude',
        text: `${chat()}\n${logLine(dice)}\n${JSON.stringify({id: dice.letters(8), n: Number(dice.digits(4))})}`,
        at: AT,
      }
  }
}

function logLine(dice: Dice): string {
  return `2026-11-21T0${dice.below(9)}:${dice.below(5)}1:12.${dice.digits(3)}Z ${dice.pick(['INFO', 'WARN', 'DEBUG'])} worker-${dice.below(9)} handled request ${dice.letters(8)} in ${dice.digits(3)} ms status=${dice.pick([200, 404, 500])}`
}

function diceOf(seed: number): Dice {
  let state = seed * 2_654_435_761 + 1
  const next = (): number => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_507) + 0x9e3779b9) | 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 3_266_489_909)
    return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  const letters = (count: number): string =>
    Array.from({length: count}, () => 'bcdfghklmnprstvwz'[below(17)] ?? 'b').join('')
  const digits = (count: number): string =>
    `${below(9) + 1}${Array.from({length: count - 1}, () => below(10)).join('')}`
  return {below, letters, digits, pick: (items) => items[below(items.length)] as never}
}
