import {z} from 'zod'
import type {UnknownKey} from './config.js'
import {formatRecord, level, parseRecord, time, ulid} from './record-file.js'
import {agentName, flag, oneOf, text, texts} from './schema.js'
import type {AlertLevel} from './soul.js'

/**
 * What may be said of an alert. `note`, `ask` and `page` are of the record: what was seen of it again, whom its question
 * was put to, which people heard of it. They change nothing of what it is.
 */
export const ALERT_EVENT_KINDS = ['confirm', 'dismiss', 'raise', 'lower', 'resolve', 'note', 'ask', 'page'] as const

/** alerts/<id>-slug/alert.md: what its raiser saw; it never changes. */
export interface Alert {
  readonly id: string
  /** ISO time. */
  readonly at: string
  readonly by: string
  /** The person who typed it for that agent; null: nobody did. */
  readonly hand: string | null
  readonly title: string
  readonly level: AlertLevel
  readonly evidence: readonly string[]
  /** Since when it has been so; null: not known. */
  readonly since: string | null
  /** From where text of the outside had come into the turn that raised it; empty: from nowhere. */
  readonly origin: readonly string[]
  /** Why nobody is asked about it, such as a flood; null: somebody is. */
  readonly held: string | null
  readonly body: string
  readonly unknown: readonly UnknownKey[]
}

/** One file below events/: what one agent or person said of an alert. */
export interface AlertEvent {
  readonly id: string
  readonly at: string
  readonly by: string
  /** The person who typed it for that agent. */
  readonly hand: string | null
  readonly kind: (typeof ALERT_EVENT_KINDS)[number]
  /** Where raise and lower lead; for the others, what they are about. */
  readonly level: AlertLevel | null
  /** Whom ask and page went to. */
  readonly to: readonly string[]
  /** How a person said it: `terminal`, or a channel of theirs such as `telegram:123456`. */
  readonly via: string | null
  /** As an alert's. */
  readonly origin: readonly string[]
  /** What a live clock said: the time, how far this machine was off, and who was asked. */
  readonly clock: string | null
  /** Whether a note says that the same was raised again. */
  readonly repeat: boolean
  /** A person's signature, where a level needs one. */
  readonly sig: string | null
  readonly why: string | null
}

const alertSchema = z.strictObject({
  id: ulid,
  at: time,
  by: agentName,
  hand: agentName.optional(),
  title: text,
  level,
  evidence: z.preprocess((value) => (typeof value === 'string' ? [value] : value), texts).optional(),
  since: time.optional(),
  origin: texts.optional(),
  held: text.optional(),
})

const eventSchema = z.strictObject({
  id: ulid,
  at: time,
  by: agentName,
  hand: agentName.optional(),
  kind: oneOf(ALERT_EVENT_KINDS),
  level: level.optional(),
  to: texts.optional(),
  via: text.optional(),
  origin: texts.optional(),
  clock: text.optional(),
  repeat: flag.optional(),
  sig: text.optional(),
  why: text.optional(),
})

/** An alert with what nobody has said left empty. */
export function alertOf(said: Pick<Alert, 'id' | 'at' | 'by' | 'title' | 'level'> & Partial<Alert>): Alert {
  return {hand: null, evidence: [], since: null, origin: [], held: null, body: '', unknown: [], ...said}
}

/** An event with what nobody has said left empty. */
export function alertEventOf(said: Pick<AlertEvent, 'id' | 'at' | 'by' | 'kind'> & Partial<AlertEvent>): AlertEvent {
  return {
    hand: null,
    level: null,
    to: [],
    via: null,
    origin: [],
    clock: null,
    repeat: false,
    sig: null,
    why: null,
    ...said,
  }
}

export function formatAlert(alert: Alert): string {
  const {id, at, by, hand, title, evidence, since, origin, held} = alert
  const fields = {id, at, by, hand, title, level: alert.level, evidence: listed(evidence), since}
  return formatRecord({...fields, origin: listed(origin), held}, alert.body)
}

export function parseAlert(source: string, file: string): Alert {
  const {value, body, unknown} = parseRecord(alertSchema, source, {file, hasBody: true})
  return alertOf({...present(value), body, unknown})
}

export function formatAlertEvent(event: AlertEvent): string {
  const {id, at, by, hand, kind, level: to, via, clock, sig, why} = event
  const repeat = event.repeat ? true : null
  const fields = {id, at, by, hand, kind, level: to, to: listed(event.to), via, origin: listed(event.origin)}
  return formatRecord({...fields, clock, repeat, sig, why}, null)
}

export function parseAlertEvent(source: string, file: string): AlertEvent {
  const {value} = parseRecord(eventSchema, source, {file})
  return alertEventOf(present(value))
}

function listed(items: readonly string[]): readonly string[] | null {
  return items.length > 0 ? items : null
}

/** Without the keys that the file doesn't have. */
function present<T extends object>(value: T): {[K in keyof T]: Exclude<T[K], undefined>} {
  const entries = Object.entries(value).filter(([, one]) => one !== undefined)
  return Object.fromEntries(entries) as {[K in keyof T]: Exclude<T[K], undefined>}
}
