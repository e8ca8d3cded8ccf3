import {Refusal} from './refusal.js'

export interface Update {
  readonly update_id: number
  readonly [kind: string]: unknown
}

/** Somebody who waits; told by nothing that there is something to take. */
type Poll = (refusal?: Refusal) => void

type Params = Readonly<Record<string, unknown>>

const MOST = 100

/**
 * The queue of one bot: an update stays until a call with a higher offset confirms it, one poll waits at a time, and a
 * second one throws the first out.
 */
export class UpdateQueue {
  private waiting: Update[] = []
  private next: number
  private poll: Poll | null = null
  hasWebhook = false

  constructor(first: number) {
    this.next = first
  }

  push(fields: Params): number {
    const id = this.next++
    this.waiting.push({update_id: id, ...fields})
    this.wake()
    return id
  }

  /** Hands these out as if they had never been confirmed, as a server may after a fault of its own. */
  repeat(updates: readonly Update[]): void {
    this.waiting = [...updates, ...this.waiting]
    this.wake()
  }

  /** After a quiet week the real server goes on with any number. */
  jumpTo(id: number): void {
    this.next = id
  }

  unconfirmed(): readonly Update[] {
    return this.waiting
  }

  isPolled(): boolean {
    return this.poll !== null
  }

  async get(params: Params, gone: AbortSignal): Promise<Update[]> {
    if (this.hasWebhook) {
      const how = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
      throw new Refusal(409, `Conflict: ${how}`)
    }
    this.throwOut()
    const offset = numberIn(params, 'offset', 0)
    if (offset > 0) this.waiting = this.waiting.filter(({update_id: id}) => id >= offset)
    const limit = Math.min(Math.max(numberIn(params, 'limit', MOST), 1), MOST)
    const take = (): Update[] => this.waiting.slice(0, limit)
    const timeoutMs = numberIn(params, 'timeout', 0) * 1000
    if (this.waiting.length > 0 || timeoutMs <= 0) return take()
    const answer = await this.wait(timeoutMs, gone, take)
    if (answer instanceof Refusal) throw answer
    return answer
  }

  private wait(timeoutMs: number, gone: AbortSignal, take: () => Update[]): Promise<Update[] | Refusal> {
    return new Promise((resolve) => {
      const poll: Poll = (refusal) => {
        clearTimeout(timer)
        if (this.poll === poll) this.poll = null
        resolve(refusal ?? take())
      }
      const timer = setTimeout(() => poll(), timeoutMs)
      gone.addEventListener('abort', () => poll())
      this.poll = poll
    })
  }

  private wake(): void {
    this.poll?.()
  }

  private throwOut(): void {
    const why = 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running'
    this.poll?.(new Refusal(409, why))
  }
}

function numberIn(params: Params, key: string, otherwise: number): number {
  const value = params[key]
  return typeof value === 'number' ? value : otherwise
}
