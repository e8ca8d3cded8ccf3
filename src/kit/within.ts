/**
 * Does work whose signal fires with the outer one, and at the latest after so long. A timer of our own: the one of
 * AbortSignal.timeout can be collected as garbage before it has fired, when only another signal knows of it.
 */
export async function within<T>(ms: number, outer: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const over = new AbortController()
  const timer = setTimeout(() => over.abort(new DOMException('The time is over.', 'TimeoutError')), ms)
  try {
    return await work(AbortSignal.any([outer, over.signal]))
  } finally {
    clearTimeout(timer)
  }
}
