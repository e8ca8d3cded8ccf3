/** Where a server says "later" without saying when. */
const UNSAID_MS = 30_000
const LONGEST_MS = 3_600_000

/** How long a server wants to be left alone: its header says seconds or a date. At most an hour is believed. */
export function retryAfterMs(header: string | undefined, now: number): number {
  if (header === undefined) return UNSAID_MS
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now
  return Number.isNaN(ms) ? UNSAID_MS : Math.min(Math.max(ms, 0), LONGEST_MS)
}
