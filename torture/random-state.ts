export const LOCKS = ['one', 'two']

/** A file that all writers change: the sum, and each writer's own part. */
export interface Tally {
  readonly sum: number
  readonly by: Readonly<Record<string, number>>
}

/** Throws on a torn file, which ends the writer that meets it. */
export function parseTally(text: string): Tally {
  return JSON.parse(text) as Tally
}

export function isTorn(text: string): boolean {
  try {
    parseTally(text)
    return false
  } catch {
    // Not JSON: half of it is missing.
    return true
  }
}
