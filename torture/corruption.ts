import {isUserError} from '../src/kit/errors.js'
import {SUBJECTS, type Subject} from './corruption-subjects.js'
import {type Dice, dice} from './dice.js'
import {type Torture, type TortureOptions, type TortureReport, Wrongs} from './torture.js'

type Damage = (bytes: Buffer, offset: number, chance: Dice) => Buffer

const DAMAGES: Readonly<Record<string, Damage>> = {
  flip: (bytes, offset, chance) => {
    const copy = Buffer.from(bytes)
    copy[offset] = (copy[offset] ?? 0) ^ (1 << chance.below(8))
    return copy
  },
  truncate: (bytes, offset) => bytes.subarray(0, offset),
  /** A block that never reached the disk, or everything behind a place, as after a power cut. */
  zero: (bytes, offset, chance) => {
    const copy = Buffer.from(bytes)
    return copy.fill(
      0,
      offset,
      chance.below(2) === 0 ? Math.min(offset + 1 + chance.below(32), copy.length) : undefined,
    )
  },
}

/**
 * Damages each kind of file in each way at `rounds` offsets and reads it again. Wrong is a crash, an error that doesn't
 * name the file, and a value that fell back to its default without a word.
 */
export async function run({rounds, seed}: TortureOptions): Promise<TortureReport> {
  const chance = dice(seed)
  const wrongs = new Wrongs()
  const counts = {damages: 0, namedErrors: 0, told: 0, values: 0, shorter: 0, crashes: 0, silentDefaults: 0}
  for (const subject of SUBJECTS) {
    const bytes = Buffer.from(subject.text)
    const before = subject.read(subject.text)
    for (const [damage, make] of Object.entries(DAMAGES)) {
      for (let round = 0; round < rounds; round++) {
        const offset = Math.floor((round * bytes.length) / rounds)
        const damaged = make(bytes, offset, chance).toString('utf8')
        const result = judge(subject, {before, damaged})
        counts.damages++
        counts[result.outcome]++
        if (result.outcome === 'crashes' || result.outcome === 'silentDefaults') {
          wrongs.add(`${result.outcome}: ${subject.file}, ${damage} at ${offset}: ${result.detail}`)
        }
      }
    }
  }
  return {counts, wrong: wrongs.count, examples: wrongs.examples}
}

interface Judgement {
  readonly outcome: 'namedErrors' | 'told' | 'values' | 'shorter' | 'crashes' | 'silentDefaults'
  readonly detail?: string
}

function judge(subject: Subject, {before, damaged}: {before: unknown; damaged: string}): Judgement {
  let value: unknown
  try {
    value = subject.read(damaged)
  } catch (error) {
    const isNamed = isUserError(error) && error.message.includes(subject.file) && error.suggestions.length > 0
    return isNamed ? {outcome: 'namedErrors'} : {outcome: 'crashes', detail: String(error)}
  }
  if (subject.told(value, before).length > 0) return {outcome: 'told'}
  const essence = subject.essence ?? ((whole: unknown) => whole)
  const lost = findDefaults(essence(before), essence(value), '')
  if (lost === null) return {outcome: 'values'}
  if (subject.mayEndEarly && subject.text.startsWith(damaged)) return {outcome: 'shorter'}
  return {outcome: 'silentDefaults', detail: lost}
}

/** The first place where something was and nothing is: what a reader that shrugs would leave. */
function findDefaults(before: unknown, after: unknown, path: string): string | null {
  if (isNothing(before)) return null
  if (isNothing(after)) return path || 'everything'
  if (typeof before !== 'object' || before === null || typeof after !== 'object' || after === null) return null
  for (const [key, value] of Object.entries(before)) {
    const lost = findDefaults(value, (after as Record<string, unknown>)[key], `${path}.${key}`)
    if (lost !== null) return lost
  }
  return null
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === false) return true
  return Array.isArray(value) && value.length === 0
}

export const torture: Torture = {
  what: 'each state file flipped, truncated and zeroed at as many offsets',
  shortRounds: 60,
  longRounds: 200,
  run,
}
