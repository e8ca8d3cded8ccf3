import {z} from 'zod'
import type {UnknownKey} from './config.js'
import {formatRecord, level, parseRecord, time, ulid} from './record-file.js'
import {agentName, oneOf, text, texts} from './schema.js'
import type {AlertLevel} from './soul.js'

export const ALERT_EVENT_KINDS = ['confirm', 'dismiss', 'raise', 'lower', 'resolve'] as const

/** alerts/<id>-slug/alert.md: what its raiser saw; it never changes. */
export interface Alert {
  readonly id: string
  /** ISO time. */
  readonly at: string
  readonly by: string
  readonly title: string
  readonly level: AlertLevel
  readonly evidence: readonly string[]
  /** Since when it has been so; null: not known. */
  readonly since: string | null
  readonly body: string
  readonly unknown: readonly UnknownKey[]
}

/** One file below events/: what one agent or person said of an alert. */
export interface AlertEvent {
  readonly id: string
  readonly at: string
  readonly by: string
  readonly kind: (typeof ALERT_EVENT_KINDS)[number]
  /** Where raise and lower lead. */
  readonly level: AlertLevel | null
  readonly why: string | null
}

const alertSchema = z.strictObject({
  id: ulid,
  at: time,
  by: agentName,
  title: text,
  level,
  evidence: texts.optional(),
  since: time.optional(),
})

const eventSchema = z.strictObject({
  id: ulid,
  at: time,
  by: agentName,
  kind: oneOf(ALERT_EVENT_KINDS),
  level: level.optional(),
  why: text.optional(),
})

export function formatAlert(alert: Alert): string {
  const {id, at, by, title, evidence, since} = alert
  const listed = evidence.length > 0 ? evidence : null
  return formatRecord({id, at, by, title, level: alert.level, evidence: listed, since}, alert.body)
}

export function parseAlert(source: string, file: string): Alert {
  const {value, body, unknown} = parseRecord(alertSchema, source, {file, hasBody: true})
  return {...value, evidence: value.evidence ?? [], since: value.since ?? null, body, unknown}
}

export function formatAlertEvent({id, at, by, kind, level: to, why}: AlertEvent): string {
  return formatRecord({id, at, by, kind, level: to, why}, null)
}

export function parseAlertEvent(source: string, file: string): AlertEvent {
  const {value} = parseRecord(eventSchema, source, {file})
  return {...value, level: value.level ?? null, why: value.why ?? null}
}
