import {foldEvents, type RefusedEvent} from './event-fold.js'
import type {Lease, Task, TaskEvent} from './task-file.js'

export type TaskStatus = 'draft' | 'approved' | 'executing' | 'verifying' | 'done' | 'blocked' | 'failed' | 'cancelled'

/** The sum of a task's events. */
export interface TaskState {
  readonly status: TaskStatus
  /** Who works on it, or did last. */
  readonly assignee: string | null
  readonly lease: Lease | null
  /** The highest number a claim has had; the next one's must be higher. */
  readonly fence: number
  readonly applied: readonly TaskEvent[]
  /** Events that their state didn't allow: shown, never applied. */
  readonly refused: readonly RefusedEvent<TaskEvent>[]
}

type Standing = Pick<TaskState, 'status' | 'assignee' | 'lease' | 'fence'>

const START: Standing = {status: 'draft', assignee: null, lease: null, fence: 0}

/** The state that events come to, whatever order they were found in. */
export function foldTask(task: Pick<Task, 'verify'>, events: readonly TaskEvent[]): TaskState {
  const {state, applied, refused} = foldEvents(START, events, (before, event) => applyEvent(before, event, task))
  return {...state, applied, refused}
}

type Step = Partial<Standing>

/** What an event changes, or why it can't. */
function applyEvent(state: Standing, event: TaskEvent, task: Pick<Task, 'verify'>): Step | string {
  const {status} = state
  switch (event.kind) {
    case 'note':
      return {}
    case 'approve':
      return status === 'draft' ? {status: 'approved'} : `a task that is ${status} is not approved`
    case 'claim':
      return claim(state, event)
    case 'renew':
      return holds(state, event) ?? renew(state, event)
    case 'submit':
      return holds(state, event) ?? {status: 'verifying', lease: null}
    case 'verdict':
      return judge(state, event, task)
    case 'retry':
      if (status !== 'failed' && status !== 'blocked') return `a task that is ${status} is not tried again`
      return {status: 'approved', lease: null}
    case 'block':
    case 'fail':
    case 'cancel':
      return end(status, event.kind)
  }
}

function claim({status, lease, fence}: Standing, event: TaskEvent): Step | string {
  const isOver = status === 'executing' && lease !== null && Date.parse(lease.until) <= Date.parse(event.at)
  if (status !== 'approved' && !isOver) return `a task that is ${status} is not claimed`
  if (!event.lease) return 'a claim needs a lease'
  if (event.lease.fence <= fence) return `its fence ${event.lease.fence} is not above ${fence}`
  if (Date.parse(event.lease.until) <= Date.parse(event.at)) return 'its lease ends before it begins'
  return {status: 'executing', assignee: event.by, lease: event.lease, fence: event.lease.fence}
}

function renew({lease}: Standing, event: TaskEvent): Step | string {
  if (!event.lease) return 'to renew needs a lease'
  if (lease && Date.parse(event.lease.until) < Date.parse(lease.until)) return 'it would end earlier than before'
  return {lease: event.lease}
}

/** Why the event doesn't come from the one who holds the lease; undefined when it does. */
function holds({status, assignee, lease, fence}: Standing, event: TaskEvent): string | undefined {
  if (status !== 'executing' || !lease) return `a task that is ${status} is held by nobody`
  if (event.by !== assignee) return `${assignee} holds it`
  if (event.lease && (event.lease.fence !== fence || event.lease.holder !== lease.holder)) return 'its lease is another'
  if (!event.lease && event.kind === 'renew') return 'to renew needs a lease'
  return undefined
}

function judge({status, assignee}: Standing, event: TaskEvent, {verify}: Pick<Task, 'verify'>): Step | string {
  if (status !== 'verifying') return `a task that is ${status} is not judged`
  if (event.by === assignee) return 'nobody judges their own work'
  if (event.pass === null) return 'a verdict says whether it passes'
  const named = verify && ('agent' in verify ? verify.agent : 'human' in verify ? verify.human : null)
  if (named && event.by !== named) return `${named} judges this task`
  return {status: event.pass ? 'done' : 'failed', lease: null}
}

function end(status: TaskStatus, kind: 'block' | 'fail' | 'cancel'): Step | string {
  if (status === 'done' || status === 'cancelled') return `a task that is ${status} stays so`
  if (kind === 'cancel') return {status: 'cancelled', lease: null}
  if (status === 'failed' || (kind === 'block' && status === 'blocked')) return `it is ${status} already`
  return {status: kind === 'block' ? 'blocked' : 'failed', lease: null}
}
