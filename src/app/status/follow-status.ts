import {steadyMs} from '../../kit/clock.js'
import {isUserError} from '../../kit/errors.js'
import type {Fleet} from '../../workspace/fleet.js'
import {saveParsedCache} from '../fleet.js'
import {isFollowed} from '../watch/followed-paths.js'
import type {WatchedFiles} from '../watch/watch-files.js'
import {LiveStatus} from './live-status.js'
import {planRefresh} from './plan-refresh.js'
import {type StatusSnapshot, snapshotOf} from './snapshot.js'

/** A status that follows the files. */
export interface StatusSource {
  snapshot(): StatusSnapshot
  /** Told at most every 50 ms; the answer ends it. */
  subscribe(listener: () => void): () => void
  /** Whom to read first, because somebody looks at them. */
  want(agents: readonly string[]): void
  live(): LiveStatus
  close(): Promise<void>
}

export interface FollowOptions {
  /** Opens the fleet again when mcos.yaml has changed. */
  readonly reopen: () => Promise<Fleet>
  /** How many agents have room: those are read before anything shows. Default: none. */
  readonly rows?: number
}

/** So long may reading go on before whoever types is heard. */
const SLICE_MS = 10
/** A disk that is slower than that shows what it has given until then. */
const FIRST_LOOK_MS = 1000
const PUBLISH_MS = 50
const GATHER_MS = 60
const TICK_MS = 1000
/** Every so many ticks everything is looked at that a watcher may have missed. */
const LOOK_TICKS = 10

/** Knows at once which agents there are, and how those stand that have room; all else comes as it is read. */
export async function followStatus(fleet: Fleet, {reopen, rows = 0}: FollowOptions): Promise<StatusSource> {
  const follower = new Follower(fleet, reopen)
  await follower.start(rows)
  return follower
}

class Follower implements StatusSource {
  private status: LiveStatus
  private shown: StatusSnapshot
  private trouble: string | null = null
  private wanted: readonly string[] = []
  private readonly listeners = new Set<() => void>()
  private readonly changed = new Set<string>()
  private readonly timers = new Set<NodeJS.Timeout>()
  private watched: WatchedFiles | null = null
  private publishing: NodeJS.Timeout | null = null
  private gathering: NodeJS.Timeout | null = null
  private isWorking = false
  private hasReadAll = false
  private isClosed = false
  private ticks = 0

  constructor(
    private fleet: Fleet,
    private readonly reopen: () => Promise<Fleet>,
  ) {
    this.status = new LiveStatus(fleet)
    this.shown = snapshotOf(this.status, {trouble: null, isComplete: false})
  }

  async start(rows: number): Promise<void> {
    await this.look(rows)
    this.publish()
    this.timers.add(setInterval(() => this.guard(this.tick()), TICK_MS))
    // The first frame comes before what it doesn't show.
    setImmediate(() => this.guard(this.readOn()))
  }

  snapshot(): StatusSnapshot {
    return this.shown
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  want(agents: readonly string[]): void {
    this.wanted = agents
  }

  live(): LiveStatus {
    return this.status
  }

  async close(): Promise<void> {
    this.isClosed = true
    for (const timer of this.timers) clearInterval(timer)
    for (const timer of [this.publishing, this.gathering]) if (timer) clearTimeout(timer)
    this.listeners.clear()
    await this.watched?.close()
  }

  /** Reads whom the first frame shows, and nobody else. */
  private async look(rows: number): Promise<void> {
    const {status} = this
    const until = steadyMs() + FIRST_LOOK_MS
    await status.step()
    this.wanted = status
      .roster()
      .slice(0, rows)
      .map(({name}) => name)
    const isRead = () => this.wanted.every((name) => status.reading(name) !== null)
    while (!isRead() && steadyMs() < until && (await status.step(this.wanted))) {
      // Until they are read.
    }
  }

  private async readOn(): Promise<void> {
    await this.work()
    saveParsedCache(this.fleet)
    await this.watch()
  }

  /** Reads what is marked, a slice at a time. */
  private async work(): Promise<void> {
    if (this.isWorking) return
    this.isWorking = true
    try {
      while (!this.isClosed && (await this.slice())) await new Promise((resolve) => setImmediate(resolve))
      this.hasReadAll = true
    } finally {
      this.isWorking = false
      this.publishSoon()
    }
  }

  private async slice(): Promise<boolean> {
    const started = steadyMs()
    const status = this.status
    let isMore = true
    while (isMore && steadyMs() - started < SLICE_MS) isMore = await status.step(this.wanted)
    this.publishSoon()
    return isMore || status !== this.status
  }

  private publishSoon(): void {
    if (this.publishing !== null || this.isClosed) return
    this.publishing = setTimeout(() => {
      this.publishing = null
      this.publish()
    }, PUBLISH_MS)
  }

  private publish(): void {
    if (this.isClosed) return
    this.shown = snapshotOf(this.status, {trouble: this.trouble, isComplete: this.hasReadAll && !this.isWorking})
    for (const listener of this.listeners) listener()
  }

  private async watch(): Promise<void> {
    const {watchFiles} = await import('../watch/watch-files.js')
    const home = this.fleet.home.dir
    if (this.isClosed) return
    const watched = await watchFiles([home], {
      isIgnored: (path) => !isFollowed(path, {home, agents: this.status.roster(), today: this.status.today()}),
      listen: (path) => this.note(path.slice(home.length + 1)),
      fail: (error) => this.doWithout(error),
    })
    this.watched = watched
    if (this.isClosed) return void (await watched.close())
    // What came between the first look and the watcher's own.
    this.lookAtAll()
  }

  /** Several files change at once when one thing happens. */
  private note(path: string): void {
    this.changed.add(path)
    if (this.gathering !== null || this.isClosed) return
    this.gathering = setTimeout(() => {
      this.gathering = null
      this.guard(this.takeIn())
    }, GATHER_MS)
  }

  private async takeIn(): Promise<void> {
    const work = planRefresh([...this.changed], this.status.roster())
    this.changed.clear()
    if (work.config) await this.openAgain()
    else this.status.mark(work)
    await this.work()
  }

  private async openAgain(): Promise<void> {
    try {
      this.fleet = await this.reopen()
      this.status = new LiveStatus(this.fleet)
      this.trouble = null
    } catch (error) {
      if (!isUserError(error)) throw error
      // What was known before is shown on, with what is wrong now.
      this.trouble = error.message
    }
  }

  private async tick(): Promise<void> {
    this.ticks += 1
    if (this.isWorking) return
    if (this.ticks % LOOK_TICKS === 0) this.lookAtAll()
    await this.status.age()
    await this.work()
  }

  private lookAtAll(): void {
    this.status.mark({roster: true, records: ['tasks', 'alerts', 'approvals'], agents: this.status.changedSinceRead()})
    this.guard(this.work())
  }

  private doWithout(error: Error): void {
    this.trouble = `Files can't be followed, so changes show late: ${error.message}`
    this.publishSoon()
  }

  /** A bug must not be swallowed by a timer: it goes where every other goes. */
  private guard(work: Promise<void>): void {
    work.catch((error: unknown) => {
      setImmediate(() => {
        throw error
      })
    })
  }
}
