import {expect, test} from 'vitest'
import {contentHash} from '../kit/hash.js'
import {ParsedCache} from './parsed-cache.js'

test('what was parsed once is found by the next start, with the hash of its text', async () => {
  const first = new ParsedCache(null)
  expect(await first.get('soul', 'role: comms', () => ({role: 'comms'}))).toEqual({role: 'comms'})
  expect(first.hashOf('role: comms')).toBe(contentHash('role: comms'))
  const next = new ParsedCache(first.textToSave())
  expect(next.peek('soul', 'role: comms')).toEqual({role: 'comms'})
  expect(next.hashOf('role: comms')).toBe(contentHash('role: comms'))
  expect(next.textToSave()).toBeNull()
})

test('one text can mean something to each kind of parser, and another text means nothing', () => {
  const cache = new ParsedCache(null)
  cache.keep('soul', '', {role: null})
  expect(cache.peek('heartbeat', '')).toBeUndefined()
  expect(cache.peek('soul', ' ')).toBeUndefined()
})

test('what a parser throws is not kept', async () => {
  const cache = new ParsedCache(null)
  await expect(cache.get('soul', '---', () => Promise.reject(new Error('no YAML')))).rejects.toThrow('no YAML')
  expect(await cache.get('soul', '---', () => 'read after all')).toBe('read after all')
})

test('a damaged cache is an empty one', () => {
  for (const text of ['', '{', 'null', '{"build":1}', '{"texts":[["a",null]]}']) {
    expect(new ParsedCache(text).peek('soul', 'a')).toBeUndefined()
  }
})

test('damaged entries of a cache are left out one by one', () => {
  const cache = new ParsedCache(null)
  cache.keep('soul', 'good', 'value')
  const saved = JSON.parse(cache.textToSave() ?? '')
  saved.texts.push(['bad'], ['worse', {values: null}], ['worst', {values: {}, hash: 1}])
  const next = new ParsedCache(JSON.stringify(saved))
  expect(next.peek('soul', 'good')).toBe('value')
  expect(next.hashOf('worst')).toBe(contentHash('worst'))
})

test('values of another build are not believed', () => {
  const cache = new ParsedCache(null)
  cache.keep('soul', 'a', 1)
  const saved = {...JSON.parse(cache.textToSave() ?? ''), build: 'older'}
  expect(new ParsedCache(JSON.stringify(saved)).peek('soul', 'a')).toBeUndefined()
})

test('a cache that grows too large keeps what is in use, and never a text that is too long', () => {
  const cache = new ParsedCache(null)
  for (let index = 0; index < 30; index++) cache.keep('soul', String(index).padEnd(200_000), index)
  const next = new ParsedCache(cache.textToSave())
  expect(next.peek('soul', '0'.padEnd(200_000))).toBe(0)
  next.keep('soul', 'x'.repeat(300_000), 'long')
  expect(next.textToSave()).toBeNull()
})
