import {expect, test} from 'vitest'
import {openWatch} from './watch.js'

const PATIENT = {timeoutMs: 60_000, deadlineMs: 60_000}

test('ends a call that sends more than any answer can be', () => {
  const watch = openWatch(new AbortController().signal, PATIENT)
  watch.touch(64 * 1024 * 1024)
  expect(watch.broken()).toBeNull()
  watch.touch(1)
  expect(watch.broken()).toEqual({reason: 'cut', detail: 'more than 64 MiB came and no end of it'})
  expect(watch.signal.aborted).toBe(true)
  watch.end()
})

test('keeps the first reason, and takes the end of a call for none', () => {
  const outer = new AbortController()
  const watch = openWatch(outer.signal, PATIENT)
  outer.abort()
  watch.touch(64 * 1024 * 1024 + 1)
  expect(watch.broken()?.reason).toBe('interrupted')
  watch.end()
  const ended = openWatch(new AbortController().signal, {timeoutMs: 2 ** 40, deadlineMs: 2 ** 40})
  ended.end()
  expect([ended.signal.aborted, ended.broken()]).toEqual([true, null])
})
