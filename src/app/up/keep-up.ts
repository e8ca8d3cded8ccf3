import {once} from 'node:events'
import {existsSync} from 'node:fs'
import {readStop} from '../../guard/stop.js'
import {EXIT, isUserError, UserError} from '../../kit/errors.js'
import {isStale, readHolder} from '../../kit/lock-holder.js'
import {offsetMs} from '../../kit/zone.js'
import {findAgent} from '../../workspace/agents.js'
import {formatDuration, parseDuration} from '../../workspace/duration.js'
import type {Fleet} from '../../workspace/fleet.js'
import {readPark} from '../../workspace/park.js'
import type {FileListener} from '../watch/watch-files.js'
import {Beats} from './beats.js'
import {Following} from './following.js'
import {landingAt} from './landings.js'
import {runBeat} from './run-beat.js'
import {openTicks} from './ticks.js'
import type {UpEnd, UpEvent} from './up-event.js'
import {takeUpLock, type UpLock} from './up-lock.js'

/** `mcos up` as it was asked for. */
export interface UpRequest {
  /** Such as 30m. */
  readonly every: string
  /** As they were typed; none: all of this machine. */
  readonly agents: readonly string[]
  /** One beat, and it ends. */
  readonly isOnce: boolean
}

export interface UpSite {
  /** Node and bin/mcos.js. */
  readonly program: readonly string[]
  readonly signal: AbortSignal
  tell(event: UpEvent): void
  /** The fleet as it is now: mcos.yaml may have been edited. */
  reopen(): Promise<Fleet>
}

const SHORTEST_MS = 1_000
const GATHER_MS = 150
const RETRY_MS = 1_000

/**
 * Keeps a fleet beating from the foreground: at slots of the wall clock, and at once where a message or an answer lands.
 * Each beat is a process of its own with its own locks and receipts, so that cron and a person may beat beside it.
 */
export async function keepUp(fleet: Fleet, request: UpRequest, site: UpSite): Promise<UpEnd> {
  const everyMs = parseEvery(request.every)
  const agents = request.agents.length === 0 ? null : request.agents.map((name) => findAgent(fleet.home, name).name)
  const lock = takeUpLock(fleet)
  try {
    return await beatOn(fleet, {everyMs, agents, isOnce: request.isOnce, lock}, site)
  } finally {
    lock.release()
  }
}

interface UpFacts {
  readonly everyMs: number
  readonly agents: readonly string[] | null
  readonly isOnce: boolean
  readonly lock: UpLock
}

async function beatOn(first: Fleet, facts: UpFacts, site: UpSite): Promise<UpEnd> {
  let fleet = first
  const beats = openBeats(() => fleet, facts, site)
  if (facts.isOnce) {
    beats.tick()
    await beats.settled()
    return endOf(first, beats, beats.lastExit ?? EXIT.done)
  }
  const broken = new AbortController()
  const orBreak = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      // A folder that can't be read at this moment is the beat's to tell.
      if (!isUserError(error)) broken.abort(error)
    }
  }
  const following = openFollowing(site, fleet, (path, isGone) => orBreak(() => hear(fleet, beats, {path, isGone})))
  const look = async (): Promise<void> => {
    fleet = await reopened(fleet, site)
    // A home that has gone, with its disk perhaps, is the beat's to tell, and is waited for.
    if (existsSync(fleet.home.dir)) {
      facts.lock.insist(fleet)
      await following.renew(fleet)
    }
    orBreak(() => beats.tick())
  }
  // Followed first: what lands while the first beat looks elsewhere is heard, and what lands once it says that it is up.
  await following.renew(fleet)
  tellUp(fleet, facts, site)
  const ticks = openTicks(facts.everyMs, () => look().catch((error) => broken.abort(error)))
  orBreak(() => beats.tick())
  const end = AbortSignal.any([site.signal, broken.signal])
  if (!end.aborted) await once(end, 'abort')
  await ticks.stop()
  await Promise.all([following.close(), beats.end()])
  if (broken.signal.aborted) throw broken.signal.reason
  return endOf(first, beats, EXIT.done)
}

function tellUp(fleet: Fleet, {everyMs, agents}: UpFacts, {tell}: UpSite): void {
  const {host, home} = fleet
  const every = formatDuration(everyMs)
  tell({kind: 'up', at: at(fleet), fleet: home.config.name, host, pid: process.pid, every, agents})
}

function openBeats(
  fleet: () => Fleet,
  {everyMs, agents}: UpFacts,
  {program, signal, tell}: Pick<UpSite, 'program' | 'signal' | 'tell'>,
): Beats {
  return new Beats({
    clock: fleet().clock,
    slotOf: (now) => Math.floor((now + offsetMs(now, fleet().home.config.timezone)) / everyMs),
    agents,
    isStopped: () => readStop(fleet().mcos, null) !== null,
    isResting: (agent) => isResting(fleet(), agent),
    isBusy: (agent) => isBusy(fleet(), agent),
    beat: (wanted) => runBeat(wanted, {program, home: fleet().home.dir, env: fleet().env, signal}),
    tell,
    gatherMs: GATHER_MS,
    retryMs: RETRY_MS,
  })
}

/** Where the system can't follow so many folders, messages wait for the next slot. */
function openFollowing({tell}: UpSite, fleet: Fleet, listen: FileListener): Following {
  const fail = ({message}: Error): void => {
    const what = `folders can't be followed, so what lands waits for the next slot: ${message}`
    tell({kind: 'trouble', at: at(fleet), message: what})
  }
  return new Following({listen, fail})
}

function hear(fleet: Fleet, beats: Beats, what: Parameters<typeof landingAt>[1]): void {
  const landing = landingAt(fleet, what)
  if (landing?.kind === 'wake') beats.wake(landing.agent)
  if (landing?.kind === 'stop') beats.tick()
}

/** What can't be read now is told by the beat itself. */
async function reopened(fleet: Fleet, {reopen}: UpSite): Promise<Fleet> {
  try {
    return {...(await reopen()), clock: fleet.clock}
  } catch (error) {
    if (isUserError(error)) return fleet
    throw error
  }
}

function isResting(fleet: Fleet, name: string): boolean {
  if (readStop(fleet.mcos, name) !== null) return true
  try {
    return readPark(fleet.home.files, findAgent(fleet.home, name)) !== null
  } catch (error) {
    // It has retired meanwhile.
    if (isUserError(error)) return true
    throw error
  }
}

function isBusy({mcos, clock}: Fleet, name: string): boolean {
  const holder = readHolder(`${mcos.dir}/locks/${name}.lock`)
  return holder !== null && !isStale(holder, clock.now())
}

function parseEvery(text: string): number {
  const ms = parseDuration(text)
  if (ms !== null && ms >= SHORTEST_MS && ms % 1_000 === 0) return ms
  throw new UserError(`${JSON.stringify(text)} is no span between beats.`, {
    code: 'USAGE',
    fix: 'Type it as 30m, 1h or 90s, in whole seconds.',
    exit: EXIT.usage,
  })
}

function endOf(fleet: Fleet, {counts}: Beats, exit: number): UpEnd {
  return {kind: 'end', at: at(fleet), exit, ...counts}
}

function at({clock}: Fleet): string {
  return new Date(clock.now()).toISOString()
}
