import {expect, test} from 'vitest'
import {probeCall, probeContext} from '../../testing/probe-context.js'
import {compareReading} from './compare.js'
import {inboxProbe} from './inbox.js'
import type {Reading, SightedMessage} from './probe.js'

function message(name: string, more: Partial<SightedMessage['message']> & {box?: string} = {}): SightedMessage {
  const {box = 'new', ...rest} = more
  const path = `workspaces/donna/inbox/${box}/${name}.md`
  return {box, path, message: {from: 'mike', subject: `About ${name}`, priority: 'normal', ...rest}}
}

function look(
  messages: readonly SightedMessage[],
  {forged = [], previous = null}: {forged?: readonly SightedMessage[]; previous?: Reading | null} = {},
): Promise<Reading> {
  const inbox = () => ({messages, forged})
  return inboxProbe.read(probeCall('inbox'), probeContext({}, {inbox, previous: previous?.fingerprint ?? null}))
}

function status(previous: Reading | null, reading: Reading): string {
  return compareReading(previous, reading, inboxProbe.baseline).status
}

test('an empty inbox is nothing, at first sight too', async () => {
  const reading = await look([])
  expect(reading).toEqual({level: 'ok', fingerprint: '', detail: 'no new messages', items: []})
  expect(status(null, reading)).toBe('same')
})

test('what waits is news at first sight, once, and what goes is none', async () => {
  const first = await look([message('b', {priority: 'urgent'}), message('a')])
  expect(first.detail).toBe('2 new messages: from mike: About a; urgent, from mike: About b')
  expect(status(null, first)).toBe('changed')
  expect(status(first, await look([message('a'), message('b')], {previous: first}))).toBe('same')
  const fewer = await look([message('b')], {previous: first})
  expect(status(first, fewer)).toBe('same')
  const more = await look([message('b'), message('c')], {previous: fewer})
  expect([status(fewer, more), more.items]).toEqual(['changed', ['from mike: About c']])
})

test('only what is new counts', async () => {
  expect((await look([message('a', {box: 'cur'}), message('b', {box: 'done'})])).fingerprint).toBe('')
})

test('forged messages are told as what they are', async () => {
  const reading = await look([message('a')], {forged: [message('b', {from: 'ada'}), message('c', {box: 'quarantine'})]})
  expect(reading.level).toBe('ok')
  expect(reading.detail).toBe(
    '2 new messages, 1 of them not from whom they say: from mike: About a; claims to be from ada: About b',
  )
})

test('a flood is one fingerprint', async () => {
  const many = [...Array(2_000).keys()].map((i) => message(`m${i}`))
  const first = await look(many)
  expect(first.fingerprint.length).toBeLessThan(120)
  expect(status(first, await look(many, {previous: first}))).toBe('same')
  expect(status(first, await look([...many, message('x')], {previous: first}))).toBe('changed')
})

test('an inbox that can not be read is a failure', async () => {
  const inbox = () => {
    throw new Error('read-only file system')
  }
  expect(await inboxProbe.read(probeCall('inbox'), probeContext({}, {inbox}))).toMatchObject({
    level: 'failed',
    detail: "the inbox can't be read: read-only file system",
  })
})
