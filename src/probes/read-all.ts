import {steadyMs} from '../kit/clock.js'
import {cleanLine, shorten} from '../kit/text.js'
import type {ProbeCall} from '../schedule/check.js'
import {type Comparison, compareReading, lastSeen, type PreviousReading, rememberReading} from './compare.js'
import {failedReading, type Probe, type ProbeContext, type Reading} from './probe.js'

/** How long after its time-out a probe is still waited for: longer than a program may take to end when it is told to. */
const GRACE_MS = 3_000
const LONGEST_DETAIL = 500
const MOST_ITEMS = 50

export interface ReadAllContext extends Omit<ProbeContext, 'previous'> {
  previousOf(call: ProbeCall): PreviousReading | null
  /** Told as each call begins, and as each has ended. */
  begun?(call: ProbeCall): void
  seen?(sighting: Sighting, ms: number): void
}

/** One call with what it saw, what that means, and what to keep for the next beat. */
export interface Sighting extends Comparison {
  readonly call: ProbeCall
  readonly reading: Reading
  readonly keep: PreviousReading
}

/** Takes all readings side by side, each within its own time-out; the answers stand in the order of the calls. */
export function readAll(
  calls: readonly ProbeCall[],
  probes: readonly Probe[],
  context: ReadAllContext,
): Promise<Sighting[]> {
  return Promise.all(calls.map((call) => readOne(call, probes, context)))
}

async function readOne(call: ProbeCall, probes: readonly Probe[], context: ReadAllContext): Promise<Sighting> {
  const probe = probes.find(({word}) => word === call.word)
  const previous = context.previousOf(call)
  const started = steadyMs()
  context.begun?.(call)
  const reading = probe
    ? presentable(await readInTime(probe, call, {...context, previous: lastSeen(previous)?.fingerprint ?? null}))
    : failedReading(`not available: there is no probe "${cleanLine(call.word)}"`)
  const sighting = {
    call,
    reading,
    ...compareReading(previous, reading, probe?.baseline ?? false),
    keep: rememberReading(previous, reading),
  }
  context.seen?.(sighting, Math.round(steadyMs() - started))
  return sighting
}

async function readInTime(probe: Probe, call: ProbeCall, context: ProbeContext): Promise<Reading> {
  const {timeoutMs} = context
  const end = new AbortController()
  const stop = () => end.abort(context.signal.reason)
  if (context.signal.aborted) stop()
  context.signal.addEventListener('abort', stop, {once: true})
  const timer = setTimeout(() => end.abort(new DOMException('time is up', 'TimeoutError')), timeoutMs)
  let giveUp: NodeJS.Timeout | undefined
  const deaf = new Promise<Reading>((resolve) => {
    const arm = () => {
      giveUp = setTimeout(() => resolve(failedReading('it did not stop when its time was up')), GRACE_MS)
    }
    if (end.signal.aborted) arm()
    else end.signal.addEventListener('abort', arm, {once: true})
  })
  try {
    return await Promise.race([probe.read(call, {...context, signal: end.signal}), deaf])
  } catch (error) {
    // The promise of the port is broken: a bug of ours, but one probe's bug must not silence the others.
    return failedReading(`the probe broke: ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    clearTimeout(timer)
    clearTimeout(giveUp)
    context.signal.removeEventListener('abort', stop)
  }
}

/** What outside text may carry (escapes, line breaks, no end) stops here, whatever a probe forgot. */
function presentable(reading: Reading): Reading {
  const detail = shorten(cleanLine(reading.detail), LONGEST_DETAIL)
  if (!reading.items) return {...reading, detail}
  return {...reading, detail, items: reading.items.slice(0, MOST_ITEMS).map((item) => shorten(cleanLine(item), 200))}
}
