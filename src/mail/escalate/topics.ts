import type {MailEntry} from '../ledger/sum.js'
import {isRobot, topicOf} from './topic.js'

const HOUR_MS = 3_600_000
/** A robot that says the same again within this time says one thing… */
const REPEAT_MS = 6 * HOUR_MS
/** …but is heard again a day after it was told. */
const LONGEST_REPEAT_MS = 24 * HOUR_MS

interface Topic {
  readonly thread: string
  /** When it was last said, ms. */
  last: number
  /** When it was first said since somebody was told, ms. */
  readonly begun: number
  /** A person has said of it that it is not urgent: what came until then, ms, was the same. */
  readonly until: number
}

/** What robots repeat, each time in a thread of its own. */
export class Topics {
  private readonly topics = new Map<string, Topic>()

  /** The other thread in which a robot has said the same not long ago, unless that is over by now. */
  repeated({seen}: MailEntry, isOver: (thread: string) => boolean): string | null {
    if (!isRobot(seen)) return null
    const at = Date.parse(seen.received)
    const topic = this.topics.get(topicOf(seen))
    const isSame =
      topic &&
      at - topic.last <= REPEAT_MS &&
      at - topic.begun <= LONGEST_REPEAT_MS &&
      Date.parse(seen.at) <= topic.until
    if (isSame && !isOver(topic.thread)) {
      topic.last = at
      return topic.thread === seen.thread ? null : topic.thread
    }
    this.begin({seen}, Number.POSITIVE_INFINITY)
    return null
  }

  /** What a robot repeated until a person put this one right is not news now that this one tells it no more. */
  correct({seen, correctedAt}: MailEntry): void {
    if (correctedAt === null || !isRobot(seen) || this.topics.has(topicOf(seen))) return
    this.begin({seen}, Date.parse(correctedAt))
  }

  private begin({seen}: Pick<MailEntry, 'seen'>, until: number): void {
    const at = Date.parse(seen.received)
    this.topics.set(topicOf(seen), {thread: seen.thread, last: at, begun: at, until})
  }
}
