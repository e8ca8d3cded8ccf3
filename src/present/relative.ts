const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const

/** How long ago, in one unit: `12s`, `5m`, `3h`, `2d`. */
export function ago(iso: string, now: number): string {
  const ms = now - Date.parse(iso)
  return ms < 1000 ? 'now' : span(ms)
}

/** How long until then: `in 5m`, and `now` where the time has come. */
export function until(iso: string, now: number): string {
  const ms = Date.parse(iso) - now
  return ms < 1000 ? 'now' : `in ${span(ms)}`
}

function span(ms: number): string {
  const [letter, length] = UNITS.find(([, unit]) => ms >= unit) ?? UNITS[3]
  return `${Math.floor(ms / length)}${letter}`
}

/** 950, 12k, 3.4M: as much as one sees at a glance. */
export function shortNumber(amount: number): string {
  if (amount < 1000) return String(amount)
  const [size, letter] = amount < 999_500 ? [1000, 'k'] : [1_000_000, 'M']
  const value = amount / size
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)}${letter}`
}
