import {z} from 'zod'
import type {UnknownKey} from './config.js'
import {formatRecord, parseRecord, time, ulid} from './record-file.js'
import {agentName, count, field, flag, oneOf, text} from './schema.js'

export const TASK_PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const

export const TASK_EVENT_KINDS = [
  'approve',
  'claim',
  'renew',
  'submit',
  'verdict',
  'block',
  'fail',
  'cancel',
  'retry',
  'note',
] as const

/** tasks/<id>-slug/task.md: what its creator wants; it never changes. */
export interface Task {
  readonly id: string
  readonly title: string
  readonly createdBy: string
  /** ISO time. */
  readonly at: string
  readonly priority: (typeof TASK_PRIORITIES)[number]
  /** Ids of tasks that must be done first. */
  readonly dependsOn: readonly string[]
  readonly domain: string | null
  /** Who or what says that it is done; null: anybody but the assignee. */
  readonly verify: Verify | null
  readonly body: string
  readonly unknown: readonly UnknownKey[]
}

export type Verify = {readonly command: string} | {readonly agent: string} | {readonly human: string}

/** One file below events/: what one agent or person did to a task. */
export interface TaskEvent {
  readonly id: string
  readonly at: string
  readonly by: string
  readonly kind: (typeof TASK_EVENT_KINDS)[number]
  readonly lease: Lease | null
  /** Of a verdict: whether the work holds. */
  readonly pass: boolean | null
  readonly why: string | null
}

/** A claim that ends by itself; `fence` grows with every claim of the task. */
export interface Lease {
  readonly holder: string
  readonly until: string
  readonly fence: number
}

const verify = field<Verify>('one of {command: "npm test"}, {agent: flow}, {human: ada}', (value) => {
  if (typeof value !== 'object' || value === null) return undefined
  const [[kind, whom] = ['', ''], ...more] = Object.entries(value)
  if (more.length > 0 || typeof whom !== 'string' || whom.trim() === '') return undefined
  if (kind === 'command') return {command: whom}
  if (kind === 'agent') return {agent: whom}
  return kind === 'human' ? {human: whom} : undefined
})

const taskSchema = z.strictObject({
  id: ulid,
  title: text,
  created_by: agentName,
  at: time,
  priority: oneOf(TASK_PRIORITIES).optional(),
  depends_on: z.array(ulid, {error: 'a list of task ids'}).optional(),
  domain: text.optional(),
  verify: verify.optional(),
})

const eventSchema = z.strictObject({
  id: ulid,
  at: time,
  by: agentName,
  kind: oneOf(TASK_EVENT_KINDS),
  lease: z
    .strictObject({holder: text, until: time, fence: count}, {error: 'a lease such as {holder, until, fence}'})
    .optional(),
  pass: flag.optional(),
  why: text.optional(),
})

export function formatTask(task: Task): string {
  const {id, title, at, priority, domain, verify: by} = task
  const dependsOn = task.dependsOn.length > 0 ? task.dependsOn : null
  return formatRecord(
    {id, title, created_by: task.createdBy, at, priority, depends_on: dependsOn, domain, verify: by},
    task.body,
  )
}

export function parseTask(source: string, file: string): Task {
  const {value, body, unknown} = parseRecord(taskSchema, source, {file, hasBody: true})
  return {
    id: value.id,
    title: value.title,
    createdBy: value.created_by,
    at: value.at,
    priority: value.priority ?? 'normal',
    dependsOn: value.depends_on ?? [],
    domain: value.domain ?? null,
    verify: value.verify ?? null,
    body,
    unknown,
  }
}

export function formatTaskEvent({id, at, by, kind, lease, pass, why}: TaskEvent): string {
  return formatRecord({id, at, by, kind, lease, pass, why}, null)
}

export function parseTaskEvent(source: string, file: string): TaskEvent {
  const {value} = parseRecord(eventSchema, source, {file})
  const {id, at, by, kind} = value
  return {id, at, by, kind, lease: value.lease ?? null, pass: value.pass ?? null, why: value.why ?? null}
}
