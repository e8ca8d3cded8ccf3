export const LOCKS = ['one', 'two']

/** A file that all writers change: the sum, and each writer's own part. */
export interface Tally {
  readonly sum: number
  readonly by: Readonly<Record<string, number>>
}

/** Throws on a torn file. */
export function parseTally(text: string): Tally {
  return JSON.parse(text) as Tally
}
