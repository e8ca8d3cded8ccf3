import type {Clock} from '../kit/clock.js'
import type {Folder} from '../kit/folder.js'
import type {ProbeCall} from '../schedule/check.js'
import type {AgentEntry} from '../workspace/agents.js'
import type {Contract} from '../workspace/soul.js'

/** How long a probe may take when its check says nothing else. */
export const PROBE_TIMEOUT_MS = 30_000

/** What one probe saw. The fingerprint is equal as long as nothing changed: no times, no durations, no chance. */
export interface Reading {
  /** `alert` is bad news from a probe that ran; `failed` means that it couldn't run, so nothing is known. */
  readonly level: 'ok' | 'alert' | 'failed'
  readonly fingerprint: string
  /** One clean sentence for a person. */
  readonly detail: string
  /** What is new, one by one. An empty list says: nothing here is news, whatever the fingerprint. */
  readonly items?: readonly string[]
}

/** What the inbox probe needs of an inbox; the bus hands in more. */
interface InboxSight {
  readonly messages: readonly SightedMessage[]
  /** Not what they claim to be; told of, never acted on. */
  readonly forged: readonly SightedMessage[]
}

/** How one mail account stands after this beat's triage. */
export interface SightedAccount {
  readonly account: string
  /** Why it could not be checked, with since when; null: it was. */
  readonly failure: string | null
  /** Equal as long as it fails in the same way. */
  readonly failureKind: string | null
  /** One line for each mail that is new. */
  readonly fresh: readonly string[]
}

/** What triage has come to in this beat. */
export interface MailSight {
  /** The turn that recorded what is new. */
  readonly turn: string
  readonly accounts: readonly SightedAccount[]
  /** Rules of the operator that can't be read, each with file and line. */
  readonly troubles: readonly string[]
}

export interface SightedMessage {
  readonly box: string
  /** Its file, relative to the home: two messages may claim one id, but not one file. */
  readonly path: string
  readonly message: {readonly from: string; readonly subject: string; readonly priority: string}
}

/** The world as one probe may see it. What other domains decide (guard, bus) is handed in as functions. */
export interface ProbeContext {
  readonly home: Folder
  readonly agent: AgentEntry
  readonly contract: Contract
  readonly clock: Clock
  readonly env: Readonly<Record<string, string | undefined>>
  /** Fires at this probe's time-out (reason `TimeoutError`) and when the beat ends early. */
  readonly signal: AbortSignal
  readonly timeoutMs: number
  /** The fingerprint this probe left when it last ran; null at first sight. */
  readonly previous: string | null
  isTrusted(kind: 'run' | 'recover', text: string): boolean
  /** Whether the contract lets the agent fetch from `host` or `host:port`. */
  mayFetch(host: string): boolean
  /** Whether the contract lets the agent read this path, relative to the home. */
  mayRead(path: string): boolean
  inbox(): InboxSight
  /** What this beat's triage has come to; null: no account is this agent's. */
  mail(): MailSight | null
  /** Base URLs whose `Date` header tells the network's time: pages and engines that are called anyway. */
  readonly timeSources: readonly string[]
}

/**
 * One kind of look at the world, taken by code before any model is asked.
 * `read` never throws and ends soon after its signal fires: what goes wrong is a reading of level "failed".
 */
export interface Probe {
  readonly word: string
  /** Whether an ok at first sight is only where things stand, and no news. */
  readonly baseline: boolean
  read(call: ProbeCall, context: ProbeContext): Promise<Reading>
}

/** A reading of a probe that couldn't run; the reason is its fingerprint, so that it is said once. */
export function failedReading(detail: string, fingerprint = detail): Reading {
  return {level: 'failed', fingerprint: `failed: ${fingerprint}`, detail}
}

/** Whether a signal fired because time was up, not because the beat ended. */
export function isTimeout(signal: AbortSignal): boolean {
  return signal.aborted && signal.reason instanceof Error && signal.reason.name === 'TimeoutError'
}
