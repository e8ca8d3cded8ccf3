import fc from 'fast-check'
import {expect, test} from 'vitest'
import {cpuTime} from '../../testing/cpu-time.js'
import {compileGlob, globBase} from './path-glob.js'

test.each([
  ['notes/*.md', 'notes/a.md', true],
  ['notes/*.md', 'notes/deep/a.md', false],
  ['notes/**', 'notes/deep/a.md', true],
  ['notes/**', 'notes', true],
  ['notes/**', 'notebook/a.md', false],
  ['**', 'anything/at/all', true],
  ['**/*.ts', 'a.ts', true],
  ['**/*.ts', 'a/b/c.ts', true],
  ['a/**/z', 'a/z', true],
  ['a/**/z', 'a/b/c/z', true],
  ['a/**/z', 'a/b/c/y', false],
  ['a**b', 'aXXb', true],
  ['a**b', 'a/b', false],
  ['?.md', 'é.md', true],
  ['{a,b}/*.{md,txt}', 'b/x.txt', true],
  ['{a,b}/*.{md,txt}', 'c/x.txt', false],
  ['{a,{b,c}}', 'c', true],
  ['{a', '{a', true],
  ['{a}', '{a}', true],
  ['a.b', 'aXb', false],
  ['[ab]', 'a', false],
  ['[ab]', '[ab]', true],
  ['cafe\u0301', 'caf\u00e9', true],
])('%s and %s: %s', (pattern, path, expected) => {
  expect(compileGlob(pattern)(path)).toBe(expected)
})

test('the walk begins at the last part without a wildcard', () => {
  expect(globBase('a/b/*.md')).toBe('a/b')
  expect(globBase('a/b/c.md')).toBe('a/b')
  expect(globBase('**')).toBe('')
  expect(globBase('../x/{a,b}')).toBe('../x')
})

test('a pattern without wildcards covers itself and nothing else', () => {
  const plain = fc
    .array(fc.stringMatching(/^[a-z.]{1,5}$/), {minLength: 1, maxLength: 4})
    .map((parts) => parts.join('/'))
  fc.assert(fc.property(plain, plain, (a, b) => compileGlob(a)(a) && compileGlob(a)(b) === (a === b)))
})

test('hostile patterns are answered at once', () => {
  const answer = () => {
    compileGlob(`${'*a'.repeat(200)}b`)('a'.repeat(5000))
    compileGlob(`${'**/'.repeat(200)}b`)('a/'.repeat(500))
    compileGlob('{a,b}'.repeat(40))('a'.repeat(40))
  }
  expect(cpuTime(answer)).toBeLessThan(1000)
})
