/** What happens to one call instead of, before or after what the server would do. */
export type Mischief = (
  | {
      readonly what: 'refuse'
      readonly code: number
      readonly description: string
      readonly parameters?: Readonly<Record<string, number>>
    }
  /** The connection is cut: before anything was done, or after all of it. */
  | {readonly what: 'cut'; readonly when: 'before' | 'after'}
  /** Half of an answer, after all was done. */
  | {readonly what: 'half'}
  /** Does it at once, and answers that late; a client that has gone by then has gone. */
  | {readonly what: 'slow'; readonly ms: number}
  /** Somebody in between, with exactly this; nothing is done. */
  | {readonly what: 'raw'; readonly status: number; readonly body: string}
) & {
  /** Only calls of this method; others pass. */
  readonly method?: string
  /** Not once, but always. */
  readonly always?: boolean
}

/** Mischief in its order, each for one call. */
export class MischiefList {
  private waiting: Mischief[] = []

  add(mischief: readonly Mischief[]): void {
    this.waiting.push(...mischief)
  }

  take(method: string): Mischief | null {
    const found = this.waiting.find((one) => one.method === undefined || one.method === method) ?? null
    if (found && !found.always) this.waiting = this.waiting.filter((one) => one !== found)
    return found
  }
}
