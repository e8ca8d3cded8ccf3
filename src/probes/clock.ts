import type {ClientRequest} from 'node:http'
import type {Contract} from '../workspace/soul.js'
import {failedReading, type Probe, type ProbeContext} from './probe.js'

/** Further off than this, timestamps, certificates and cadences stop meaning what they say. */
export const MOST_OFF_MS = 30_000
const MOST_SOURCES = 4

/** What a live clock said; positive when this machine is ahead of it. */
export interface LiveClock {
  readonly url: string
  readonly offMs: number
}

/** What a server said the time was, and when the answer was half-way back to us by our own clock. */
export interface NetworkTime {
  readonly serverMs: number
  readonly localMs: number
}

/** Asks one base URL for its `Date`; rejects when it can't be had. */
export type FetchDate = (url: string, signal: AbortSignal) => Promise<NetworkTime>

/** Compares this machine's clock with servers that are known anyway; one of them that agrees is enough to be right. */
export function createClockProbe(fetchDate: FetchDate = fetchHttpDate): Probe {
  return {
    word: 'clock',
    baseline: false,
    async read(_call, context) {
      const sources = timeSources(context)
      const best = await askLiveClock(sources, {signal: context.signal, fetchDate})
      if (!best) return failedReading(`no time source: ${whyNone(sources)}`)
      const seconds = Math.round(Math.abs(best.offMs) / 1000)
      const host = new URL(best.url).host
      if (Math.abs(best.offMs) <= MOST_OFF_MS) {
        return {level: 'ok', fingerprint: 'ok', detail: `the clock agrees with ${host}`, items: []}
      }
      const direction = best.offMs > 0 ? 'ahead of' : 'behind'
      return {
        level: 'alert',
        fingerprint: direction,
        detail: `this machine's clock is ${seconds} s ${direction} ${host}`,
      }
    },
  }
}

export const clockProbe = createClockProbe()

/**
 * Asks all of them side by side, until one agrees with this machine's clock; else the one nearest to it counts, once all
 * have answered. null: none told the time.
 */
export async function askLiveClock(
  sources: readonly string[],
  {signal, fetchDate = fetchHttpDate}: {readonly signal: AbortSignal; readonly fetchDate?: FetchDate},
): Promise<LiveClock | null> {
  const enough = new AbortController()
  const stop = (): void => enough.abort()
  signal.addEventListener('abort', stop, {once: true})
  if (signal.aborted) stop()
  const answers: LiveClock[] = []
  const ask = async (url: string): Promise<void> => {
    const offMs = offBy(await fetchDate(url, enough.signal))
    answers.push({url, offMs})
    // Whoever is silent would hold this up for as long as it may take.
    if (Math.abs(offMs) <= MOST_OFF_MS) stop()
  }
  await Promise.allSettled(sources.map(ask))
  signal.removeEventListener('abort', stop)
  const [best] = answers.sort((a, b) => Math.abs(a.offMs) - Math.abs(b.offMs))
  return best ?? null
}

/** What pages and engines are asked at anyway comes first, then what the contract opens. */
export function timeSources({
  timeSources: given,
  contract,
}: Pick<ProbeContext, 'timeSources'> & {readonly contract: Pick<Contract, 'hosts'>}): string[] {
  const opened = contract.hosts.filter((host) => !host.includes('*')).map(urlOfHost)
  return [...new Set([...given, ...opened])].filter(isWebAddress).slice(0, MOST_SOURCES)
}

/** A named port says nothing of the protocol; servers on ports of their own mostly speak plain HTTP. */
function urlOfHost(host: string): string {
  return /:\d+$/.test(host) && !host.endsWith(':443') ? `http://${host}/` : `https://${host}/`
}

function isWebAddress(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
}

/** Why none of these told the time, for a person. */
export function whyNone(sources: readonly string[]): string {
  if (sources.length === 0) return "the contract's hosts name no server to ask"
  return `${sources.map((url) => new URL(url).host).join(', ')} told no time`
}

/** Positive when this machine is ahead. A `Date` is cut to whole seconds, so half of one is what it lacks on average. */
function offBy({serverMs, localMs}: NetworkTime): number {
  return localMs - (serverMs + 500)
}

/** The `Date` of one HEAD request. */
export async function fetchHttpDate(url: string, signal: AbortSignal): Promise<NetworkTime> {
  const door = url.startsWith('https:') ? await import('node:https') : await import('node:http')
  const begin = Date.now()
  return new Promise((resolve, reject) => {
    const headers = {'user-agent': 'mcos'}
    const request: ClientRequest = door.request(url, {method: 'HEAD', agent: false, headers, signal})
    request.on('error', reject)
    request.on('response', (response) => {
      const serverMs = Date.parse(response.headers.date ?? '')
      request.destroy()
      if (Number.isNaN(serverMs)) reject(new Error('it sent no date'))
      else resolve({serverMs, localMs: (begin + Date.now()) / 2})
    })
    request.end()
  })
}
