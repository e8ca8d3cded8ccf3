import {throttled} from './refusal.js'

/** What one program may ask of one mailbox: four requests at once, and so many in ten minutes. */
export class Throttle {
  private readonly open = new Map<string, number>()
  private readonly times = new Map<string, number[]>()
  /** The most that were ever under way at once. */
  peak = 0

  constructor(private readonly limits: {readonly atOnce: number; readonly inTenMinutes: number}) {}

  /** Lets a request in, or refuses it as the real server does; what it returns ends the request. */
  enter(mailbox: string): () => void {
    const open = this.open.get(mailbox) ?? 0
    if (open >= this.limits.atOnce) throw throttled(1, 'MailboxConcurrency')
    const since = Date.now() - 600_000
    const times = (this.times.get(mailbox) ?? []).filter((time) => time > since)
    if (times.length >= this.limits.inTenMinutes) throw throttled(60, 'request rate')
    this.times.set(mailbox, [...times, Date.now()])
    this.open.set(mailbox, open + 1)
    this.peak = Math.max(this.peak, open + 1)
    return () => this.open.set(mailbox, (this.open.get(mailbox) ?? 1) - 1)
  }
}
