import {spawnSync} from 'node:child_process'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import {splitCommand} from './command-line.js'
import {isUserError} from './errors.js'

test.each([
  ['systemctl is-active nginx', ['systemctl', 'is-active', 'nginx']],
  ['  curl\t-fsS  https://a.example/x?y=1#z ', ['curl', '-fsS', 'https://a.example/x?y=1#z']],
  [`git commit -m "a \\"b\\" $X" 'c d' e\\ f ""`, ['git', 'commit', '-m', 'a "b" $X', 'c d', 'e f', '']],
  [`a'b'"c"d`, ['abcd']],
  ['echo "\\n" \'\\n\' \\n', ['echo', '\\n', '\\n', 'n']],
  ['grep "a|b;c&d<e>(f)" x', ['grep', 'a|b;c&d<e>(f)', 'x']],
  ['ls *.md ~ $HOME', ['ls', '*.md', '~', '$HOME']],
])('splits %s', (text, words) => expect(splitCommand(text)).toEqual(words))

test.each([
  'a | b',
  'a; b',
  'a && b',
  'a & ',
  'a > b',
  'a < b',
  'a `b`',
  'a $(b)',
  'a "$(b)"',
  'a "`b`"',
  'a (b)',
  'A=1 b',
  'a\nb',
])('sends %j to a shell', (text) => expect(codeOf(text)).toBe('NEEDS_SHELL'))

test.each(['', '  ', "a 'b", 'a "b', 'a \\', '""'])('refuses %j', (text) => expect(codeOf(text)).toBe('BAD_COMMAND'))

test('reads quotes and backslashes as sh does', () => {
  const piece = fc.constantFrom('a', 'b c', ' ', "'", '"', '\\', "'x y'", '"x \\" y"', '\\ ', '""', '.')
  fc.assert(
    fc.property(fc.array(piece, {maxLength: 8}), (pieces) => {
      const text = `printf ${pieces.join('')}`
      const shell = spawnSync('sh', ['-c', `args() { for word do printf '%s\\0' "$word"; done; }; args ${text}`], {
        encoding: 'utf8',
      })
      if (shell.status !== 0) return
      // Trailing blanks are trimmed before splitting; a shell drops them as well unless one is escaped.
      if (/\\\s*$/.test(text)) return
      expect(splitCommand(text)).toEqual(shell.stdout.split('\0').slice(0, -1))
    }),
    {numRuns: 60},
  )
})

function codeOf(text: string): string {
  try {
    splitCommand(text)
    return 'done'
  } catch (error) {
    if (isUserError(error)) return error.code
    throw error
  }
}
