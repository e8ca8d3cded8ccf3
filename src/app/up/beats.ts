import type {Clock} from '../../kit/clock.js'
import type {BeatDone} from './run-beat.js'
import type {Occasion, UpEvent} from './up-event.js'

/** What the beats are kept going with; a test or a bench hands in its own clock and its own beats. */
export interface BeatParts {
  readonly clock: Clock
  /** Names the slot that a moment lies in; another name is another slot. */
  slotOf(now: number): number
  /** null: all agents of this machine. */
  readonly agents: readonly string[] | null
  readonly isStopped: () => boolean
  /** Whether an agent is not to be woken now: a person has parked it, or stopped it. */
  readonly isResting: (agent: string) => boolean
  /** Whether another process works for it at this moment. */
  readonly isBusy: (agent: string) => boolean
  beat(agents: readonly string[] | null): Promise<BeatDone>
  tell(event: UpEvent): void
  /** What lands within this is one beat. */
  readonly gatherMs: number
  /** How soon a busy agent is looked at again. */
  readonly retryMs: number
}

const MOST_WAKES = 4

/**
 * Decides when to beat: once for each slot that comes, once for all that were missed, and at once for agents for whom
 * something has landed. Beats of the whole machine never overlap, nor do two wakes of one agent.
 */
export class Beats {
  private slot: number | null = null
  private whole: Promise<void> | null = null
  private isWaiting = false
  private isStopTold = false
  private isEnded = false
  private readonly wanted = new Set<string>()
  private readonly woken = new Set<string>()
  private readonly wakes = new Set<Promise<void>>()
  private timer: NodeJS.Timeout | null = null
  private trouble: string | null = null
  readonly counts = {beats: 0, wakes: 0}
  /** The exit code of the last beat of the whole machine. */
  lastExit: number | null = null

  constructor(private readonly parts: BeatParts) {}

  /** Looks at the clock and at the stop file; often is no harm. */
  tick(): void {
    if (this.isEnded) return
    const {clock, isStopped, slotOf, tell} = this.parts
    if (isStopped()) {
      if (!this.isStopTold) tell({kind: 'stopped', at: this.at()})
      this.isStopTold = true
      return
    }
    const isResumed = this.isStopTold
    if (isResumed) tell({kind: 'resumed', at: this.at()})
    this.isStopTold = false
    const slot = slotOf(clock.now())
    const before = this.slot
    this.slot = slot
    if (before === null) this.beatAll('start')
    else if (isResumed) this.beatAll('resume')
    else if (slot !== before) this.beatAll('slot')
    if (isResumed) this.flush()
  }

  /** Something has landed for this agent. */
  wake(agent: string): void {
    const {agents, gatherMs} = this.parts
    if (this.isEnded || (agents !== null && !agents.includes(agent))) return
    this.wanted.add(agent)
    this.flushIn(gatherMs)
  }

  /** Waits for what runs; nothing new begins. */
  async end(): Promise<void> {
    this.isEnded = true
    if (this.timer) clearTimeout(this.timer)
    await this.settled()
  }

  /** Waits for what runs now. */
  async settled(): Promise<void> {
    await Promise.all([this.whole, ...this.wakes])
  }

  private beatAll(occasion: Occasion): void {
    if (this.whole !== null) {
      this.isWaiting = true
      return
    }
    this.counts.beats++
    this.whole = this.run(this.parts.agents, occasion).then((done) => {
      this.lastExit = done.exit
      this.whole = null
      const isMore = this.isWaiting
      this.isWaiting = false
      if (isMore && !this.isEnded && !this.parts.isStopped()) this.beatAll('slot')
    })
  }

  private flush(): void {
    const {isStopped, isResting, isBusy, retryMs} = this.parts
    if (this.isEnded || isStopped()) return
    // Who rests is met by the first beat after that.
    for (const agent of [...this.wanted]) if (isResting(agent)) this.wanted.delete(agent)
    const ready = [...this.wanted].filter((agent) => !this.woken.has(agent) && !isBusy(agent))
    if (ready.length > 0 && this.wakes.size < MOST_WAKES) this.beatFor(ready)
    if (this.wanted.size > 0) this.flushIn(retryMs)
  }

  private beatFor(agents: readonly string[]): void {
    for (const agent of agents) {
      this.wanted.delete(agent)
      this.woken.add(agent)
    }
    this.counts.wakes++
    const wake = this.run(agents, 'wake').then((done) => {
      this.wakes.delete(wake)
      for (const agent of agents) this.woken.delete(agent)
      // Another process was a moment faster, and may have looked before the message was there.
      for (const {agent, reason} of done.agents) if (reason === 'busy') this.wanted.add(agent)
      if (this.wanted.size > 0 && !this.isEnded) this.flushIn(this.parts.retryMs)
    })
    this.wakes.add(wake)
  }

  private async run(agents: readonly string[] | null, occasion: Occasion): Promise<BeatDone> {
    const {clock, tell} = this.parts
    const started = clock.now()
    const done = await this.parts.beat(agents)
    if (this.isEnded) return done
    for (const message of done.notes) tell({kind: 'note', at: this.at(), message})
    // A beat that can't even begin is told once, and again when it is something else.
    if (done.trouble !== null && done.trouble !== this.trouble)
      tell({kind: 'trouble', at: this.at(), message: done.trouble})
    this.trouble = done.trouble
    if (done.trouble === null) {
      tell({kind: 'beat', at: this.at(), occasion, ms: clock.now() - started, exit: done.exit, agents: done.agents})
    }
    return done
  }

  private flushIn(ms: number): void {
    if (this.timer) return
    this.timer = setTimeout(() => {
      this.timer = null
      this.flush()
    }, ms)
  }

  private at(): string {
    return new Date(this.parts.clock.now()).toISOString()
  }
}
