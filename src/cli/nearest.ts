import {editDistance} from '../kit/edit-distance.js'

const LONGEST = 60

/** The few candidates a mistyped word most likely meant, nearest first: one mistake in a short word, a third of a longer one. */
export function nearest(typed: string, candidates: readonly string[], limit = 3): string[] {
  const word = typed.slice(0, LONGEST).toLowerCase()
  const letters = word.replace(/^-+/, '').length
  if (letters === 0) return []
  const tolerance = Math.max(1, Math.min(3, Math.floor(letters / 3)))
  return candidates
    .map((candidate) => ({candidate, distance: distanceTo(word, candidate.toLowerCase())}))
    .filter(({distance}) => distance <= tolerance)
    .sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate))
    .slice(0, limit)
    .map(({candidate}) => candidate)
}

/** Whoever typed the first letters was about to type the rest. */
function distanceTo(typed: string, candidate: string): number {
  const distance = editDistance(typed, candidate)
  return candidate.startsWith(typed) ? Math.min(distance, 1) : distance
}
