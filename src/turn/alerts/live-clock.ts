import {uptime} from 'node:os'
import {isUserError} from '../../kit/errors.js'
import {within} from '../../kit/within.js'
import {askLiveClock, fetchHttpDate, MOST_OFF_MS, type NetworkTime, timeSources, whyNone} from '../../probes/clock.js'
import {allTimeSourcesOf} from '../../probes/time-sources.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {Contract} from '../../workspace/soul.js'

/** What a live clock says of this machine's. */
export interface ClockCheck {
  /** Whether an alarm about time may rise: a live clock was asked, and it agrees. */
  readonly isChecked: boolean
  /** For the record: `2026-11-21T08:30:00Z, drift 0.4 s, https://…`, or that it was not checked and why. */
  readonly text: string
  /** Why an alarm about time may not rise; null: it may. */
  readonly trouble: string | null
  /** The one setting or command that helps with it. */
  readonly fix: string | null
}

type Place = Pick<Fleet, 'home' | 'mcos' | 'clock'>

const CACHE_FILE = 'cache/clock.json'
const FRESH_MS = 10 * 60_000
/** This machine's clock and the time since its start go on side by side, or somebody has set the clock. */
const MOST_SET_MS = 5_000
const PATIENCE_MS = 4_000

/** Compares this machine's clock with a live one; a good answer holds for ten minutes, unless the clock is set meanwhile. */
export async function checkClock(
  fleet: Place,
  {contract, signal}: {readonly contract: Pick<Contract, 'hosts'> | null; readonly signal: AbortSignal},
): Promise<ClockCheck> {
  const now = fleet.clock.now()
  const known = readCache(fleet, now)
  if (known) return agree(now, known)
  const given = allTimeSourcesOf(fleet.home.config)
  const sources = timeSources({timeSources: given, contract: contract ?? {hosts: []}})
  const ahead = now - Date.now()
  const fetchDate = async (url: string, stop: AbortSignal): Promise<NetworkTime> => {
    const {serverMs, localMs} = await fetchHttpDate(url, stop)
    return {serverMs, localMs: localMs + ahead}
  }
  const live = await within(PATIENCE_MS, signal, (patience) => askLiveClock(sources, {signal: patience, fetchDate}))
  if (!live && sources.length === 0) {
    const fix = 'In mcos.yaml: ping: https://ping.example/…   # told of each beat; its answers carry the time'
    return unchecked('mcos.yaml names no server that could be asked for the time', fix)
  }
  if (!live) {
    const [first = ''] = sources
    return unchecked(`no live clock answered: ${whyNone(sources)}`, `curl -sI ${shown(first)}   # is it reached?`)
  }
  if (Math.abs(live.offMs) > MOST_OFF_MS) {
    const seconds = Math.round(Math.abs(live.offMs) / 1000)
    return unchecked(
      `this machine's clock is ${seconds} s ${live.offMs > 0 ? 'ahead of' : 'behind'} ${shown(live.url)}`,
      'timedatectl set-ntp true',
    )
  }
  keep(fleet, {...live, at: now, up: uptime() * 1000})
  return agree(now, live)
}

interface Kept {
  readonly url: string
  readonly offMs: number
  readonly at: number
  /** Since this machine's start, in ms. */
  readonly up: number
}

function agree(now: number, {offMs, url}: Pick<Kept, 'offMs' | 'url'>): ClockCheck {
  const time = new Date(now).toISOString().replace(/\.\d+Z$/, 'Z')
  return {
    isChecked: true,
    text: `${time}, drift ${(Math.abs(offMs) / 1000).toFixed(1)} s, ${shown(url)}`,
    trouble: null,
    fix: null,
  }
}

function unchecked(trouble: string, fix: string): ClockCheck {
  return {isChecked: false, text: `not checked: ${trouble}`, trouble, fix}
}

/** Without what may be a secret: a user, a path, a query. */
function shown(url: string): string {
  return new URL(url).origin
}

function readCache({mcos}: Place, now: number): Kept | null {
  try {
    const kept = JSON.parse(mcos.readText(CACHE_FILE) ?? 'null') as Partial<Kept> | null
    const {url, offMs, at, up} = kept ?? {}
    if (typeof url !== 'string' || !URL.canParse(url) || typeof offMs !== 'number') return null
    if (typeof at !== 'number' || typeof up !== 'number' || Math.abs(offMs) > MOST_OFF_MS) return null
    const [age, since] = [now - at, uptime() * 1000 - up]
    return age >= 0 && age <= FRESH_MS && Math.abs(age - since) <= MOST_SET_MS ? {url, offMs, at, up} : null
  } catch {
    // A damaged cache is an empty one.
    return null
  }
}

function keep({mcos}: Place, kept: Kept): void {
  try {
    mcos.write(CACHE_FILE, `${JSON.stringify(kept)}\n`, {sync: false})
  } catch (error) {
    // A full or read-only disk costs the next alarm a question more.
    if (!isUserError(error)) throw error
  }
}
