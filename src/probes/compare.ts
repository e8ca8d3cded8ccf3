import type {Reading} from './probe.js'

/** What a beat keeps of a reading for the next one; plain JSON. */
export interface PreviousReading {
  readonly level: Reading['level']
  readonly fingerprint: string
  /** While a probe fails: what it last saw when it still ran, so that one failure in between is no news later. */
  readonly before?: PreviousReading | null
}

export interface Comparison {
  readonly status: 'same' | 'changed' | 'alert' | 'failed'
  /** Whether anybody has to hear of it now; an outage that goes on keeps its status and is no news. */
  readonly news: boolean
}

const SAME: Comparison = {status: 'same', news: false}
const CHANGED: Comparison = {status: 'changed', news: true}

/** What a reading means after the one before it; `baseline` probes only take note of an ok at first sight. */
export function compareReading(previous: PreviousReading | null, reading: Reading, baseline: boolean): Comparison {
  if (reading.level === 'failed') return {status: 'failed', news: !isRepeated(previous, reading)}
  const known = lastSeen(previous)
  if (reading.level === 'alert') return {status: 'alert', news: !isRepeated(known, reading)}
  if (known?.level === 'alert') return CHANGED
  if (known?.fingerprint === reading.fingerprint || reading.items?.length === 0) return SAME
  return known === null && baseline ? SAME : CHANGED
}

/** What to keep of a reading for the next beat. */
export function rememberReading(previous: PreviousReading | null, reading: Reading): PreviousReading {
  const {level, fingerprint} = reading
  return level === 'failed' ? {level, fingerprint, before: lastSeen(previous)} : {level, fingerprint}
}

/** The last reading of a probe that ran; null when it never did. */
export function lastSeen(previous: PreviousReading | null): PreviousReading | null {
  return previous?.level === 'failed' ? (previous.before ?? null) : previous
}

function isRepeated(previous: PreviousReading | null, {level, fingerprint}: Reading): boolean {
  return previous?.level === level && previous.fingerprint === fingerprint
}
