/** Something to be measured: what it returns are milliseconds, and only those count. */
export type Measured = () => Promise<number>

/**
 * Measures several things turn by turn, so that a busy moment of the machine meets all of them; the first round only
 * warms up. The samples come back in the order they were taken.
 */
export async function interleave<K extends string>(
  measured: Readonly<Record<K, Measured>>,
  rounds: number,
): Promise<Record<K, number[]>> {
  const names = Object.keys(measured) as K[]
  const samples = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>
  for (let round = -1; round < rounds; round++) {
    for (const name of names) {
      const ms = await measured[name]()
      if (round >= 0) samples[name].push(ms)
    }
  }
  return samples
}

export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((one, other) => one - other)
  const middle = sorted.length >> 1
  const [below, above] = [sorted[middle - 1], sorted[middle]]
  if (above === undefined) throw new RangeError('a median needs samples')
  return sorted.length % 2 === 1 || below === undefined ? above : (below + above) / 2
}

/** Median, best and worst, for a table's note. */
export function spread(samples: readonly number[]): string {
  const [least, most] = [Math.min(...samples), Math.max(...samples)]
  return `${milliseconds(median(samples))} (${milliseconds(least)} to ${milliseconds(most)})`
}

function milliseconds(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`
}
