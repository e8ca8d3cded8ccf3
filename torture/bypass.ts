import {basename, dirname} from 'node:path'
import {type Arena, openArena} from './bypass-arena.js'
import {FILE_TOOLS, PATHS, SHELLS} from './bypass-carriers.js'
import {ENCODINGS} from './bypass-encodings.js'
import {GOALS, type Goal} from './bypass-goals.js'
import {type Judge, openJudge} from './bypass-judge.js'
import {techniquesFor} from './bypass-techniques.js'
import {type Dice, dice} from './dice.js'
import {type Torture, Wrongs} from './torture.js'

/** One way to reach a goal, ready to be asked for. */
interface Attack {
  readonly name: string
  readonly command: string
}

export interface BypassResult {
  /** Calls that the hook let through and that did harm. Has to be 0. */
  readonly slipped: number
  /** Calls of file tools with a forbidden path that the hook let through. Has to be 0. */
  readonly waved: number
  readonly tried: number
  /** How many of the tried command lines do their harm when nobody is asked. */
  readonly effective: number
  readonly stopped: number
  readonly examples: readonly string[]
}

/** Lets `rounds` attacks come to the hook; what it lets through is run for real, and what it stops is run in a sample. */
export async function run({rounds, seed}: {readonly rounds: number; readonly seed: number}): Promise<BypassResult> {
  const arena = openArena()
  const chance = dice(seed)
  const wrongs = new Wrongs()
  const judge = openJudge(arena)
  const counts = {slipped: 0, waved: 0, tried: 0, effective: 0, stopped: 0}
  try {
    for (let round = 0; round < rounds; round++) {
      const goal = chance.pick(GOALS)
      const step =
        round % 5 === 4 ? await tryFile(goal, {arena, judge, chance}) : await tryShell(goal, {arena, judge, chance})
      counts.tried++
      for (const key of ['slipped', 'waved', 'effective', 'stopped'] as const) counts[key] += step[key] ? 1 : 0
      if (step.slipped || step.waved) wrongs.add(step.what)
    }
    return {...counts, examples: wrongs.examples}
  } finally {
    arena.close()
  }
}

/** Whatever a coding agent asks for, in whatever spelling: nothing that isn't its own is changed. */
export const torture: Torture = {
  what: 'forbidden calls of coding agents: goals, hosts, techniques and spellings at random',
  shortRounds: 300,
  longRounds: 20_000,
  async run(options) {
    const {slipped, waved, examples, ...counts} = await run(options)
    return {counts: {...counts, slipped, waved}, wrong: slipped + waved, examples}
  },
}

interface Round {
  readonly arena: Arena
  readonly judge: Judge
  readonly chance: Dice
}

interface Step {
  readonly slipped: boolean
  readonly waved: boolean
  readonly effective: boolean
  readonly stopped: boolean
  readonly what: string
}

async function tryShell(goal: Goal, {arena, judge, chance}: Round): Promise<Step> {
  const {name, command} = attackOn(goal, {arena, chance})
  const carrier = chance.pick(SHELLS)
  const isLet = await judge(carrier, carrier.input(command))
  // What was stopped would prove nothing if it did no harm: some of it is run all the same, to know.
  const isRun = isLet || chance.below(4) === 0
  if (isRun) arena.run(command)
  const harm = isRun ? arena.harm() : []
  if (isRun) arena.restore()
  const what = `${carrier.host} ${name}: ${command} -> ${harm.join(', ')}`
  return {slipped: isLet && harm.length > 0, waved: false, effective: harm.length > 0, stopped: !isLet, what}
}

async function tryFile(goal: Goal, {arena, judge, chance}: Round): Promise<Step> {
  const carrier = chance.pick(FILE_TOOLS)
  const [spelling, spell] = chance.pick(Object.entries(PATHS))
  const path = spell(arena.placeOf(goal), arena.own, chance)
  const isLet = await judge(carrier, carrier.input(path))
  const what = `${carrier.host} ${carrier.tool}, ${spelling}: ${path}`
  return {slipped: false, waved: isLet, effective: true, stopped: !isLet, what}
}

function attackOn(goal: Goal, {arena, chance}: Pick<Round, 'arena' | 'chance'>): Attack {
  const [way, spell] = chance.pick(Object.entries(PATHS))
  const [technique, build] = chance.pick(Object.entries(techniquesFor(goal)))
  const [encoding, encode] = chance.pick(Object.entries(ENCODINGS))
  const raw = spell(arena.placeOf(goal), arena.own, chance)
  const word = (text: string): string => encode(text, chance)
  const folder = dirname(raw)
  const command = build({path: word(raw), folder: word(folder), name: word(basename(raw)), raw, word})
  return {name: `${goal.name}, ${technique}, ${encoding}, ${way}`, command}
}
