/** Chance that can be played again from its seed. */
export interface Dice {
  /** From 0 up to, but without, the limit. */
  below(limit: number): number
  pick<T>(items: readonly T[]): T
}

export function dice(seed: number): Dice {
  let state = seed >>> 0
  const below = (limit: number) => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
  return {
    below,
    pick: (items) => {
      const item = items[below(items.length)]
      if (item === undefined) throw new RangeError('nothing to pick from')
      return item
    },
  }
}
