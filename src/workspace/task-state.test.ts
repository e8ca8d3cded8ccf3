import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {fixedClock} from '../kit/clock.js'
import {newId} from '../kit/ids.js'
import {
  formatTask,
  formatTaskEvent,
  parseTask,
  parseTaskEvent,
  TASK_EVENT_KINDS,
  TASK_PRIORITIES,
  type Task,
  type TaskEvent,
} from './task-file.js'
import {foldTask} from './task-state.js'

const clock = fixedClock('2026-11-21T08:00:00Z')
const id = () => newId(clock)
const AT = '2026-11-21T08:00:00.000Z'
const LATER = '2026-11-21T09:00:00.000Z'

function event(kind: TaskEvent['kind'], more: Partial<TaskEvent> = {}): TaskEvent {
  return {id: id(), at: AT, by: 'jarvis', kind, lease: null, pass: null, why: null, ...more}
}

const claim = (fence: number, more: Partial<TaskEvent> = {}) =>
  event('claim', {by: 'flow', lease: {holder: 'flow@mini', until: LATER, fence}, ...more})

function status(events: TaskEvent[], verify: Task['verify'] = null) {
  const state = foldTask({verify}, events)
  return [state.status, ...state.refused.map(({reason}) => reason)]
}

describe('the way of a task', () => {
  test('goes from draft to done, judged by somebody else', () => {
    const events = [event('approve'), claim(1), event('submit', {by: 'flow'}), event('verdict', {pass: true})]
    expect(foldTask({verify: null}, events)).toMatchObject({status: 'done', assignee: 'flow', lease: null, fence: 1})
  })

  test.each([
    [
      'nobody judges their own work',
      [event('approve'), claim(1), event('submit', {by: 'flow'}), event('verdict', {by: 'flow', pass: true})],
      'verifying',
    ],
    ['a claim needs a lease', [event('approve'), event('claim')], 'approved'],
    ['a task that is draft is not claimed', [claim(1)], 'draft'],
    [
      'its fence 1 is not above 1',
      [event('approve'), claim(1), event('block', {by: 'flow'}), event('retry'), claim(1)],
      'approved',
    ],
    ['a task that is executing is not claimed', [event('approve'), claim(1), claim(2, {by: 'gene'})], 'executing'],
    ['flow holds it', [event('approve'), claim(1), event('submit', {by: 'gene'})], 'executing'],
    [
      'a verdict says whether it passes',
      [event('approve'), claim(1), event('submit', {by: 'flow'}), event('verdict')],
      'verifying',
    ],
    ['a task that is cancelled stays so', [event('cancel'), event('block')], 'cancelled'],
  ])('%s', (reason, events, end) => {
    expect(status(events)).toEqual([end, reason])
  })

  test('a lease that is over can be claimed by another, with a higher fence', () => {
    const events = [
      event('approve'),
      claim(1),
      claim(2, {by: 'gene', at: LATER, lease: {holder: 'gene', until: '2026-11-21T10:00:00Z', fence: 2}}),
    ]
    expect(foldTask({verify: null}, events)).toMatchObject({assignee: 'gene', fence: 2, refused: []})
  })

  test('the verifier that the task names is the only one', () => {
    const events = [
      event('approve'),
      claim(1),
      event('submit', {by: 'flow'}),
      event('verdict', {by: 'gene', pass: true}),
    ]
    expect(status(events, {agent: 'sentinel'})).toEqual(['verifying', 'sentinel judges this task'])
  })

  test('what failed or is blocked can be tried again', () => {
    expect(status([event('fail'), event('retry')])).toEqual(['approved'])
    expect(status([event('block'), event('retry')])).toEqual(['approved'])
  })
})

const names = fc.constantFrom('jarvis', 'flow', 'gene')
const texts = fc.string({minLength: 1, unit: 'binary'}).filter((text) => text.trim() !== '')
const times = fc
  .date({min: new Date('2020-01-01'), max: new Date('2038-12-31'), noInvalidDate: true})
  .map((date) => date.toISOString())
const ids = fc
  .date({min: new Date('2020-01-01'), max: new Date('2038-12-31'), noInvalidDate: true})
  .map((date) => newId(fixedClock(date.getTime())))
const leases = fc.record({holder: texts, until: times, fence: fc.integer({min: 1, max: 9})})
const events: fc.Arbitrary<TaskEvent> = fc.record({
  id: ids,
  at: times,
  by: names,
  kind: fc.constantFrom(...TASK_EVENT_KINDS),
  lease: fc.option(leases),
  pass: fc.option(fc.boolean()),
  why: fc.option(texts),
})
const tasks: fc.Arbitrary<Task> = fc.record({
  id: ids,
  title: texts,
  createdBy: names,
  at: times,
  priority: fc.constantFrom(...TASK_PRIORITIES),
  dependsOn: fc.array(ids, {maxLength: 3}),
  domain: fc.option(texts),
  verify: fc.oneof(
    fc.constant(null),
    fc.record({command: texts}),
    fc.record({agent: names}),
    fc.record({human: names}),
  ),
  body: fc.string({unit: 'binary'}).map((text) => text.replaceAll('\r', '')),
  unknown: fc.constant([]),
})

describe('whatever the values', () => {
  test('a task is read back as it was written', () => {
    fc.assert(
      fc.property(tasks, (task) => {
        expect(parseTask(formatTask(task), 'task.md')).toEqual(task)
      }),
      {numRuns: 150},
    )
  })

  test('an event is read back as it was written', () => {
    fc.assert(
      fc.property(events, (one) => {
        expect(parseTaskEvent(formatTaskEvent(one), 'e.md')).toEqual(one)
      }),
      {numRuns: 150},
    )
  })

  test('any heap of events comes to the same state in any order, and loses none', () => {
    fc.assert(
      fc.property(
        fc
          .array(events, {maxLength: 12})
          .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, {minLength: list.length}))),
        ([list, shuffled]) => {
          const state = foldTask({verify: null}, list)
          expect(foldTask({verify: null}, shuffled)).toEqual(state)
          expect(state.applied.length + state.refused.length).toBe(list.length)
          const verdicts = state.applied.filter(({kind}) => kind === 'verdict')
          if (state.status === 'done') expect(verdicts.at(-1)?.by).not.toBe(state.assignee)
        },
      ),
    )
  })
})

test.each([
  ['', 'events/1.md:1: expected frontmatter with id, at, by, kind, got an empty file'],
  ['---\nid: x\n---\n', 'events/1.md:2: expected id: an id of 26 letters and digits, got "x"'],
  [
    '---\nid: 01JD6F3Q8Z0000000000000000\nat: soon\nby: jarvis\nkind: note\n---\n',
    'events/1.md:3: expected at: a time such as 2026-11-21T08:30:00Z, got "soon"',
  ],
  [
    '---\nid: 01JD6F3Q8Z0000000000000000\nat: 2026-11-21T08:30:00Z\nby: jarvis\nkind: declare\n---\n',
    'events/1.md:5: expected kind: approve, claim, renew, submit, verdict, block, fail, cancel, retry, note, got "declare"',
  ],
  [
    '---\nid: 01JD6F3Q8Z0000000000000000\nat: 2026-11-21T08:30:00Z\nby: jarvis\nkind: claim\nleas: {}\n---\n',
    'events/1.md:6: expected leas: a known key (lease?), got "leas"',
  ],
])('%j is an error with its place', (text, message) => {
  expect(() => parseTaskEvent(text, 'events/1.md')).toThrow(message)
})
