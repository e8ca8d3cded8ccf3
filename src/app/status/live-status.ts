import {readStop} from '../../guard/stop.js'
import {hasSandbox} from '../../kit/sandbox.js'
import {CEILINGS} from '../../turn/turn-input.js'
import {type AgentEntry, listAgents, listStrangers} from '../../workspace/agents.js'
import {alertGates} from '../../workspace/alert-gates.js'
import type {Fleet} from '../../workspace/fleet.js'
import {localTime} from '../../workspace/local-time.js'
import {type AgentReading, ageReading, type KnownAgent, readAgentStatus, readLock} from './agent-status.js'
import {printOf} from './file-print.js'
import {readKnown, unenforcedAmong} from './known-agent.js'
import {followedOf, type StatusWork} from './plan-refresh.js'
import {openRecentReceipts, type RecentReceipts} from './recent-receipts.js'
import {RecordCounts} from './record-counts.js'
import {type StatusReport, totalsOf} from './report.js'

/** How many contracts are read in one go. */
const SOULS_AT_ONCE = 20

export interface StatusOptions {
  readonly isBoxedHere?: () => boolean
  /** Finds the last commit of who has been still for days; a look that is repeated goes without. */
  readonly lastCommit?: (agent: string) => Promise<string | null>
}

/** A status that is kept up: what may have changed is marked, and read again in small pieces. Nothing is read before the first. */
export class LiveStatus {
  /** In the order of their names. */
  private known = new Map<string, KnownAgent>()
  private readonly readings = new Map<string, AgentReading>()
  private readonly unread = new Set<string>()
  /** What each agent's files looked like when they were read. */
  private readonly prints = new Map<string, string>()
  private readonly soulless = new Set<string>()
  private readonly receipts: RecentReceipts
  private readonly records: RecordCounts
  private readonly lastCommit: (agent: string) => Promise<string | null>
  private readonly isBoxedHere: () => boolean
  private isRosterKnown = false
  private areGatesOld = false
  private isBoxed: boolean | null = null
  private strangers: readonly string[] = []
  private date = ''

  constructor(
    readonly fleet: Fleet,
    {isBoxedHere = hasSandbox, lastCommit = async () => null}: StatusOptions = {},
  ) {
    this.receipts = openRecentReceipts(fleet)
    this.records = new RecordCounts(fleet.home.files)
    this.lastCommit = lastCommit
    this.isBoxedHere = isBoxedHere
  }

  /** Every agent there is, whether it was read already or not. */
  roster(): readonly AgentEntry[] {
    return [...this.known.values()].map(({entry}) => entry)
  }

  /** null: not read yet. */
  reading(agent: string): AgentReading | null {
    return this.readings.get(agent) ?? null
  }

  /** Today, as the fleet's people write it; empty before the first piece. */
  today(): string {
    return this.date
  }

  /** The newest turn that a receipt of today or yesterday tells; null: they tell none. */
  lastTurn(agent: string): string | null {
    return this.receipts.of(agent).findLast(({commit, model_calls}) => commit !== null || model_calls > 0)?.turn ?? null
  }

  /** Whose files are others than when they were read: for a look at what a watcher may have missed. */
  changedSinceRead(): readonly string[] {
    return this.roster().flatMap((entry) => (this.prints.get(entry.name) === this.printOf(entry) ? [] : [entry.name]))
  }

  /** Takes note of what may have changed. */
  mark({roster = false, records = [], agents = []}: StatusWork): void {
    if (roster) this.isRosterKnown = false
    this.records.mark(records)
    for (const name of agents === 'all' ? this.known.keys() : agents) if (this.known.has(name)) this.unread.add(name)
  }

  /** Reads one piece, a wanted agent before others; false: nothing was left to read. */
  async step(wanted: readonly string[] = []): Promise<boolean> {
    if (!this.isRosterKnown) await this.readRoster()
    else if (this.receipts.isBehind()) this.touch(this.receipts.readMore().agents)
    else if (this.records.needGates() && this.soulless.size > 0) await this.readSouls()
    else if (this.areGatesOld && this.soulless.size === 0) this.noteGates()
    else if (this.records.isBehind()) this.touch(await this.records.readMore())
    else if (this.unread.size > 0) await this.readAgent(this.nextOf(wanted))
    else if (this.isBoxed === null && this.runsPrograms()) this.isBoxed = this.isBoxedHere()
    else return false
    return true
  }

  /**
   * Tells each state as it is by now, and whether one has changed. Who is at work is looked at; everybody else costs no disk.
   * What has run out or begun with this moment is marked.
   */
  async age(): Promise<boolean> {
    const {clock} = this.fleet
    const now = clock.now()
    await this.readDay()
    this.touch(this.records.expire(now))
    let isChanged = false
    for (const [name, reading] of this.readings) {
      const lock = reading.life.lock === null ? null : readLock(this.fleet, name)
      if (lock?.since !== reading.life.lock?.since) this.unread.add(name)
      const aged = ageReading(reading, now, lock)
      if (aged === reading) continue
      this.readings.set(name, aged)
      isChanged = true
    }
    return isChanged
  }

  /** Of those who were read. */
  report(): StatusReport {
    const {home, mcos, clock, host} = this.fleet
    const agents = [...this.known.keys()].flatMap((name) => this.readings.get(name)?.status ?? [])
    return {
      fleet: home.config.name,
      host,
      at: new Date(clock.now()).toISOString(),
      stopped: readStop(mcos, null) !== null,
      unenforced: unenforcedAmong(this.known.values(), this.isBoxed ?? true),
      agents,
      strangers: this.strangers,
      totals: totalsOf(agents, this.records.alertsBeside(this.known)),
    }
  }

  private async readRoster(): Promise<void> {
    const before = this.known
    const entries = listAgents(this.fleet.home)
    this.strangers = listStrangers(this.fleet.home)
    this.known = new Map(
      entries.map((entry) => [entry.name, before.get(entry.name) ?? {entry, soul: null, trouble: null}]),
    )
    for (const name of before.keys()) if (!this.known.has(name)) this.forget(name)
    for (const name of this.known.keys()) {
      if (before.has(name)) continue
      this.soulless.add(name)
      this.unread.add(name)
    }
    this.isRosterKnown = true
    await this.readDay()
    this.noteGates()
  }

  private printOf(entry: AgentEntry): string {
    const {home, mcos} = this.fleet
    const files = followedOf(entry, this.date).map((path) => `${home.dir}/${path}`)
    const machine = ['STOP', `STOP.${entry.name}`, `beats/${entry.name}.json`, `locks/${entry.name}.lock`]
    return printOf([...files, ...machine.map((path) => `${mcos.dir}/${path}`)])
  }

  private forget(name: string): void {
    this.readings.delete(name)
    this.prints.delete(name)
    this.unread.delete(name)
    this.soulless.delete(name)
  }

  /** Before any alert: who may dismiss whose stands in them. */
  private async readSouls(): Promise<void> {
    for (const name of [...this.soulless].slice(0, SOULS_AT_ONCE)) await this.readSoul(name)
  }

  private async readSoul(name: string): Promise<KnownAgent | null> {
    this.soulless.delete(name)
    const before = this.known.get(name)
    if (!before) return null
    const agent = await readKnown(this.fleet, before.entry)
    this.known.set(name, agent)
    if (before.soul?.escalation !== agent.soul?.escalation) this.areGatesOld = true
    return agent
  }

  private runsPrograms(): boolean {
    return [...this.known.values()].some(({soul}) => (soul?.contract?.commands.length ?? 0) > 0)
  }

  private noteGates(): void {
    this.areGatesOld = false
    const confirms = [...this.known].map(([name, {soul}]) => [name, soul?.escalation.confirms ?? []] as const)
    this.records.setGates(alertGates(this.fleet.home.config.people, new Map(confirms)))
  }

  /** Another day has other sums and another log. */
  private async readDay(): Promise<void> {
    const {date} = await localTime(this.fleet, this.fleet.clock.now())
    if (date !== this.date) this.mark({agents: 'all'})
    this.date = date
  }

  private touch(names: Iterable<string>): void {
    for (const name of names) if (this.known.has(name)) this.unread.add(name)
  }

  private nextOf(wanted: readonly string[]): string {
    return wanted.find((name) => this.unread.has(name)) ?? [...this.unread][0] ?? ''
  }

  private async readAgent(name: string): Promise<void> {
    this.unread.delete(name)
    const agent = await this.readSoul(name)
    if (agent === null) return
    this.prints.set(name, this.printOf(agent.entry))
    const receipts = this.receipts.of(name)
    const lastCommit = receipts.findLast(({commit}) => commit !== null)?.commit ?? (await this.lastCommit(name))
    const open = this.records.of(name, this.fleet.clock.now())
    const facts = {receipts, open, date: this.date, lastCommit, longestTurnMs: longestTurn(this.fleet)}
    this.readings.set(name, await readAgentStatus(this.fleet, agent, facts))
  }
}

/** A turn may go on for its own time, and whoever is asked at its end for theirs. */
function longestTurn({home}: Fleet): number {
  const deadlines = Object.values(home.config.engines).map(({deadlineMs}) => deadlineMs)
  return CEILINGS.ms + Math.max(0, ...deadlines)
}
