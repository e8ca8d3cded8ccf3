/** Takes all that comes; an error of the source is given back, one of the taker is a bug and thrown. */
export async function drain<T>(
  source: AsyncIterable<T>,
  take: (item: T) => void,
): Promise<{readonly error: unknown} | null> {
  const iterator = source[Symbol.asyncIterator]()
  for (;;) {
    let next: IteratorResult<T>
    try {
      next = await iterator.next()
    } catch (error) {
      return {error}
    }
    if (next.done) return null
    take(next.value)
  }
}
