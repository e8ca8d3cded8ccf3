/** What happens to a request instead of, or besides, what the server would do. */
export type Mischief = (
  | {readonly what: 'throttle'; readonly retryAfter: number}
  | {
      readonly what: 'refuse'
      readonly status: number
      readonly code: string
      readonly headers?: Readonly<Record<string, string>>
    }
  /** The connection is cut: before anything was done, or after all of it. */
  | {readonly what: 'cut'; readonly when: 'before' | 'after'}
  /** Half of an answer, after all was done. */
  | {readonly what: 'half'}
  /** Accepted, and never answered. */
  | {readonly what: 'silence'}
  | {readonly what: 'slow'; readonly ms: number}
  /** Somebody in between, with a page for people. */
  | {readonly what: 'html'; readonly status: number}
) & {
  /** Only requests whose method and path say so, such as /PATCH/ or /ada.*delta/; users stand in it, never `me`. */
  readonly on?: RegExp
  /** For so many requests; default 1. */
  readonly times?: number
}

/** Mischief in its order; each goes to the first requests that it is meant for. */
export class MischiefList {
  private waiting: {readonly mischief: Mischief; left: number}[] = []

  add(mischief: readonly Mischief[]): void {
    this.waiting.push(...mischief.map((one) => ({mischief: one, left: one.times ?? 1})))
  }

  take(request: string): Mischief | null {
    const found = this.waiting.find(({mischief}) => mischief.on?.test(request) ?? true)
    if (!found) return null
    found.left--
    if (found.left <= 0) this.waiting = this.waiting.filter((one) => one !== found)
    return found.mischief
  }

  clear(): void {
    this.waiting = []
  }
}
