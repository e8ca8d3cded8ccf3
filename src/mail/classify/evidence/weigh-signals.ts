import type {Found} from '../words/phrases.js'
import type {Reading} from './read-words.js'
import type {Need, Sender, Signal, Theme} from './signal.js'
import {SIGNALS} from './signals.js'

/** A signal that spoke, with the words it spoke by. */
export interface Evidence {
  readonly id: string
  readonly theme: Theme
  readonly weight: number
  /** Of the text, from where to where. */
  readonly from: number
  readonly to: number
  /** The sentence it stands in. */
  readonly sentence: number
}

/** Sentences this far apart belong together. */
const NEAR = 1

/** All signals that speak in a text, the heaviest first. */
export function weighSignals(reading: Reading, sender: Sender): Evidence[] {
  const spoken: Evidence[] = []
  const waiting = SIGNALS.filter(({from}) => !from || from.includes(sender)).flatMap((signal) => {
    const at = placeOf(signal, reading)
    return at === null ? [] : [{signal, at}]
  })
  const ids = new Set<string>()
  // What stands on top of others may stand on another that does, so it is asked until nothing new speaks.
  for (let before = -1; before !== ids.size; ) {
    before = ids.size
    for (const {signal, at} of waiting) {
      if (ids.has(signal.id) || (signal.atop && !signal.atop.some((id) => ids.has(id)))) continue
      ids.add(signal.id)
      spoken.push(evidenceOf(signal, at, reading))
    }
  }
  return spoken.sort((a, b) => b.weight - a.weight)
}

function evidenceOf({id, theme, weight}: Signal, {first, last}: Found<unknown>, {words}: Reading): Evidence {
  return {
    id,
    theme,
    weight,
    from: words[first]?.from ?? 0,
    to: words[last]?.to ?? 0,
    sentence: words[first]?.sentence ?? 0,
  }
}

function placeOf({needs, near}: Signal, reading: Reading): Found<unknown> | null {
  const [main, ...others] = needs.map((need) => everyOf(need, reading))
  if (!main || others.some((other) => other.length === 0)) return null
  const together = main.find((place) =>
    others.every((other) => other.some((each) => isBeside(place, each, near, reading))),
  )
  return together ?? null
}

function isBeside(a: Found<unknown>, b: Found<unknown>, near: boolean | undefined, {words}: Reading): boolean {
  if (a.first === b.first && a.last === b.last) return false
  if (!near) return true
  const [from, to] = [words[a.first]?.sentence ?? 0, words[b.first]?.sentence ?? 0]
  return Math.abs(from - to) <= NEAR
}

function everyOf(need: Need, {found}: Reading): readonly Found<unknown>[] {
  if (need.length === 1 && need[0] !== undefined) return found.get(need[0]) ?? []
  return need.flatMap((concept) => found.get(concept) ?? [])
}
