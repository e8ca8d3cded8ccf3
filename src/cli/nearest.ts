/** The few candidates a mistyped word most likely meant, nearest first. */
export function nearest(typed: string, candidates: readonly string[], limit = 3): string[] {
  const tolerance = typed.length < 9 ? 2 : 3
  return candidates
    .map((candidate) => ({candidate, distance: candidate.startsWith(typed) ? 1 : editDistance(typed, candidate)}))
    .filter(({distance}) => distance <= tolerance)
    .sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate))
    .slice(0, limit)
    .map(({candidate}) => candidate)
}

/** Edits of one letter from `a` to `b`; two neighbours swapped count as one. */
function editDistance(a: string, b: string): number {
  let before: number[] = []
  let previous = Array.from({length: b.length + 1}, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      current[column] = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    before = previous
    previous = current
  }
  return previous[b.length] ?? 0
}
