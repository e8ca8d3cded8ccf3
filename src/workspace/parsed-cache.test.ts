import {describe, expect, test} from 'vitest'
import {ParsedCache} from './parsed-cache.js'

describe('what was parsed before', () => {
  test('is parsed once, and known to the next start by kind and text', async () => {
    const first = new ParsedCache(null)
    let parsed = 0
    const parse = () => ({count: ++parsed})
    expect(await first.get('soul', 'text', parse)).toEqual({count: 1})
    expect(await first.get('soul', 'text', parse)).toEqual({count: 1})
    const next = new ParsedCache(first.textToSave())
    expect(await next.get('soul', 'text', parse)).toEqual({count: 1})
    expect(await next.get('soul', 'other', parse)).toEqual({count: 2})
    expect(await next.get('heartbeat', 'text', parse)).toEqual({count: 3})
  })

  test('is not written back when nothing was learnt', async () => {
    const first = new ParsedCache(null)
    expect(first.textToSave()).toBeNull()
    first.keep('soul', 'text', null)
    const next = new ParsedCache(first.textToSave())
    expect(next.peek('soul', 'text')).toBeNull()
    expect(next.textToSave()).toBeNull()
  })

  test('does not keep what could not be parsed', async () => {
    const cache = new ParsedCache(null)
    await expect(cache.get('soul', 'bad', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(cache.textToSave()).toBeNull()
    expect(await cache.get('soul', 'bad', () => 1)).toBe(1)
  })

  test.each([
    '',
    'no json',
    'null',
    '7',
    '{}',
    '{"build":"another build","entries":{}}',
    '{"build":null,"entries":null}',
  ])('counts as nothing when it says %j', (text) => {
    const cache = new ParsedCache(text)
    expect(cache.peek('soul', 'text')).toBeUndefined()
    cache.keep('soul', 'text', 1)
    expect(cache.textToSave()).not.toBeNull()
  })

  test('forgets what this start did not ask for once it grows too long', () => {
    const old = new ParsedCache(null)
    for (let index = 0; index < 5; index++) old.keep('soul', `old ${index}`, 'x'.repeat(1024 * 1024))
    const next = new ParsedCache(old.textToSave())
    next.peek('soul', 'old 1')
    next.keep('soul', 'new', 'short')
    const last = new ParsedCache(next.textToSave())
    expect(last.peek('soul', 'old 1')).toBeDefined()
    expect(last.peek('soul', 'new')).toBe('short')
    expect(last.peek('soul', 'old 0')).toBeUndefined()
  })
})
