/**
 * The wait that a provider asks for in `retry-after-ms` or `retry-after`, in seconds or as a date; null where it asks
 * for none that can be read.
 */
export function retryAfterMs(headers: Headers, nowMs: number): number | null {
  const exact = asNumber(headers.get('retry-after-ms'))
  if (exact !== null) return exact
  const given = headers.get('retry-after')
  const seconds = asNumber(given)
  if (seconds !== null) return seconds * 1000
  const until = given === null ? Number.NaN : Date.parse(given)
  return Number.isNaN(until) || /^[\s\d.+-]*$/.test(given ?? '') ? null : Math.max(0, until - nowMs)
}

function asNumber(text: string | null): number | null {
  return text !== null && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : null
}
