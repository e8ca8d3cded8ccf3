const MINUTE_MS = 60_000
const SIZES: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: MINUTE_MS,
  h: 60 * MINUTE_MS,
  d: 24 * 60 * MINUTE_MS,
}
const UNITS = ['d', 'h', 'm'] as const

/** A duration in the largest unit that leaves no rest: 90 minutes is 90m, 120 are 2h, a day is 24h and two are 2d. */
export function formatDuration(ms: number): string {
  for (const unit of UNITS) {
    const size = SIZES[unit] ?? 1
    if (ms > (unit === 'd' ? size : 0) && ms % size === 0) return `${ms / size}${unit}`
  }
  return `${Math.max(1, Math.ceil(ms / MINUTE_MS))}m`
}

/** Milliseconds of 30s, 5m, 1.5h, 2d; null for anything else and for nothing. */
export function parseDuration(text: string): number | null {
  const [, amount, unit] = /^(\d{1,6}(?:\.\d{1,3})?) ?(ms|s|m|h|d)$/.exec(text.trim().toLowerCase()) ?? []
  const ms = Math.round(Number(amount) * (SIZES[unit ?? ''] ?? Number.NaN))
  return ms > 0 ? ms : null
}
