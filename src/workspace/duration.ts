const UNITS: Readonly<Record<string, number>> = {ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000}

/** Milliseconds of `500ms`, `30s`, `2m`, `1h` or `7d`; null for anything else, also for a bare number. */
export function parseDuration(text: string): number | null {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)$/.exec(text)
  const ms = Math.round(Number(match?.[1]) * (UNITS[match?.[2] ?? ''] ?? Number.NaN))
  return Number.isSafeInteger(ms) && ms > 0 ? ms : null
}

/** The shortest form that reads back as the same span. */
export function formatDuration(ms: number): string {
  const unit = ['d', 'h', 'm', 's'].find((name) => ms % (UNITS[name] ?? 1) === 0 && ms > 0) ?? 'ms'
  return `${ms / (UNITS[unit] ?? 1)}${unit}`
}
