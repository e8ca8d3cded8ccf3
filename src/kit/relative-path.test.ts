import fc from 'fast-check'
import {expect, test} from 'vitest'
import {isUserError} from './errors.js'
import {parseFolderPath, parseRelative, parseWritable} from './relative-path.js'

test.each(['', '.', '..', '/', '/etc', 'a/', 'a//b', './a', 'a/./b', 'a/../b', '../a', 'a\0b', '\ud800', 'a/\udfff'])(
  'refuses %j',
  (rel) => expect(refused(() => parseRelative(rel))).toBe(true),
)

test.each(['a', 'a/b', '...', '..a', 'a b', 'é', 'e\u0301', '😀', '-x', 'a\\b', '.git/HEAD'])('reads %j', (rel) =>
  expect(parseRelative(rel).join('/')).toBe(rel),
)

test.each([
  '.git',
  '.GIT/x',
  'a/.Git',
  '.git ',
  '.git...',
  '.git::$INDEX',
  'git~1',
  'GIT~2',
  '.gi\u200dt',
  '\ufeff.git',
  'a\nb',
  'a\u007f',
])('writes nothing to %j', (rel) => expect(refused(() => parseWritable(rel))).toBe(true))

test.each(['.gitignore', 'git', 'a.git', '.github/x', 'git~', '.gitmodules'])('writes to %j', (rel) =>
  expect(parseWritable(rel).join('/')).toBe(rel),
)

test('the folder itself is "." or nothing', () => {
  expect([parseFolderPath(''), parseFolderPath('.'), parseFolderPath('a/b')]).toEqual([[], [], ['a', 'b']])
})

test('whatever is typed, what comes through stays below the folder', () => {
  const part = fc.oneof(
    fc.constantFrom('..', '.', '', 'a', '.git', '\0', '/', '\\..\\', '%2e%2e'),
    fc.string({unit: 'binary'}),
  )
  fc.assert(
    fc.property(fc.array(part, {maxLength: 6}), (parts) => {
      const rel = parts.join('/')
      if (refused(() => parseRelative(rel))) return
      const read = parseRelative(rel)
      expect(read.join('/')).toBe(rel)
      expect(read.every((name) => name !== '' && name !== '.' && name !== '..' && !/[/\0]/.test(name))).toBe(true)
    }),
    {numRuns: 500},
  )
})

function refused(act: () => unknown): boolean {
  try {
    act()
    return false
  } catch (error) {
    if (isUserError(error) && error.code === 'PATH_ESCAPE') return true
    throw error
  }
}
