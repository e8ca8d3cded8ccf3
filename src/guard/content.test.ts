import fc from 'fast-check'
import {expect, test} from 'vitest'
import {hasSecretShape, isLike} from './content.js'

const like = (text: string, about: Partial<Parameters<typeof isLike>[1]>): boolean =>
  isLike(text, {has: [], lacks: [], is: [], ...about}, hasSecretShape)

test.each([
  ['[Service]', '[Service]', true],
  ['[service]', '  [SERVICE]\t', true],
  ['[Service]', '# [Service]', false],
  ['*[Service]*', '# [Service] here', true],
  ['Exec*=*', 'ExecStart=/bin/app', true],
  ['Exec*=', 'ExecStart=/bin/app', false],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['a*b*a', 'aba', true],
  ['a*ba*a', 'aba', false],
  ['*', '', true],
  ['**', 'x', true],
  ['caf\u00e9', 'cafe\u0301', true],
  ['a.c', 'abc', false],
])('the line %j covers %j: %s', (pattern, line, expected) => {
  expect(like(line, {has: [pattern]})).toBe(expected)
  expect(like(`first\r\n${line}\nlast`, {has: [pattern]})).toBe(expected)
})

test('one line of `has` is enough, and one of `lacks` is too much', () => {
  const rule = {has: ['a', 'b'], lacks: ['c', 'd']}
  expect(like('x\nb', rule)).toBe(true)
  expect(like('x\nb\nd', rule)).toBe(false)
  expect(like('x', rule)).toBe(false)
  expect(like('x', {lacks: ['c']})).toBe(true)
})

test('a pattern of stars takes no longer than its text', () => {
  const before = process.cpuUsage()
  expect(like('a'.repeat(100_000), {has: [`${'a*'.repeat(2_000)}b`]})).toBe(false)
  const {user, system} = process.cpuUsage(before)
  expect((user + system) / 1000).toBeLessThan(1_000)
})

test('a line pattern agrees with the regular expression it stands for', () => {
  const texts = fc.string({unit: fc.constantFrom('a', 'b', '*', '[', '.'), maxLength: 10})
  fc.assert(
    fc.property(texts, texts, (pattern, line) => {
      const source = pattern.replace(/[.[\]]/g, '\\$&').replaceAll('*', '.*')
      expect(like(line, {has: [pattern]})).toBe(new RegExp(`^${source}$`).test(line))
    }),
    {numRuns: 2_000},
  )
})

test.each([
  ['DATABASE_URL=', true],
  ['  export API_KEY = ""  # later', true],
  ["password: ''", true],
  ['token: <your token>', true],
  ['token=ChangeMe', true],
  ['a=undefined', true],
  ['a: undefined', false],
  ['db:', false],
  ['PORT=8080', false],
  ['# API_KEY=', false],
  ["export const token = ''", false],
])('the line %j has a blank for a value: %s', (line, expected) => {
  expect(like(`A=1\r\n${line}\r\nB=2`, {is: ['blank-value']})).toBe(expected)
})

test('a secret is what the given test takes for one, and all of `is` has to hold', () => {
  const token = `gh${'p'}_0123456789abcdefghijABCDEFGHIJ012345`
  expect(like(`token: ${token}`, {is: ['secret']})).toBe(true)
  expect(like('token: env:GITHUB_TOKEN', {is: ['secret']})).toBe(false)
  expect(isLike('hush', {has: [], lacks: [], is: ['secret']}, (text) => text === 'hush')).toBe(true)
  expect(like(`token: ${token}`, {is: ['secret', 'blank-value']})).toBe(false)
  expect(like(`KEY=\ntoken: ${token}`, {is: ['secret', 'blank-value']})).toBe(true)
})
