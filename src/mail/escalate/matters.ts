import type {MailLedger} from '../ledger/read.js'
import type {MailSeen} from '../ledger/record.js'
import type {ThreadEntry} from '../ledger/sum.js'
import {isRobot, matterOf} from './topic.js'

/** An all-clear counts for alerts of so many days before. */
const MATTER_MS = 7 * 24 * 3_600_000

/** What robots report on: the threads that an all-clear in another thread may be about. */
export class Matters {
  private readonly heard = new Map<string, string[]>()
  private readonly told: readonly ThreadEntry[]

  constructor({threads}: Pick<MailLedger, 'threads'>) {
    this.told = [...threads.values()].filter(({told}) => told.length > 0)
  }

  hear(seen: MailSeen): void {
    const matter = matterOf(seen)
    if (matter !== null) this.heard.set(matter, [...(this.heard.get(matter) ?? []), seen.thread])
  }

  /** The all-clear's own thread, and those of the same robot that it is about. */
  threadsOf(seen: MailSeen): Set<string> {
    const matter = isRobot(seen) ? matterOf(seen) : null
    if (matter === null) return new Set([seen.thread])
    const since = Date.parse(seen.at) - MATTER_MS
    const same = this.told
      .filter(({told}) => Date.parse(told.at(-1)?.at ?? '') >= since)
      .filter(({mails}) => mails.some((one) => one.seen.from === seen.from && matterOf(one.seen) === matter))
    return new Set([seen.thread, ...(this.heard.get(matter) ?? []), ...same.map(({thread}) => thread)])
  }
}
