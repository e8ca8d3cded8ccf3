import {execFileSync} from 'node:child_process'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import {shellWord} from './shell-word.js'

test('a shell reads each word as it was, whatever is in it', () => {
  const text = fc.string({unit: 'binary'}).filter((word) => !/[\0\p{Cs}]/u.test(word))
  const nasty = fc.string({unit: fc.constantFrom(...'ab =~$`\\\'"*?[]{}()<>|&;!#%\n\t-é')})
  fc.assert(
    fc.property(fc.array(fc.oneof(text, nasty), {minLength: 1, maxLength: 40}), (words) => {
      const said = execFileSync('sh', ['-c', `printf '%s\\0' ${words.map(shellWord).join(' ')}`], {encoding: 'utf8'})
      expect(said.split('\0').slice(0, -1)).toEqual(words)
    }),
    {numRuns: 50},
  )
})

test('an ordinary path or option stands bare', () => {
  expect(['/usr/bin/node', '--every=30m', 'a@b.example', '50%'].map(shellWord)).toEqual([
    '/usr/bin/node',
    '--every=30m',
    'a@b.example',
    '50%',
  ])
  expect(['', '=ls', '~', 'a b', "it's"].map(shellWord)).toEqual(["''", "'=ls'", "'~'", "'a b'", "'it'\\''s'"])
})
