import {expect, test} from 'vitest'
import {widthOf} from '../kit/width.js'
import {lettersIn, writtenIn} from './plain-letters.js'

test.each([
  ['a locale that says so', {LANG: 'de_DE.UTF-8'}, 'all'],
  ['nothing said', {}, 'all'],
  ['an empty variable before one that says so', {LC_ALL: '', LANG: 'C.utf8'}, 'all'],
  ['C', {LANG: 'C'}, 'ascii'],
  ['the strongest of them', {LC_ALL: 'POSIX', LANG: 'en_US.UTF-8'}, 'ascii'],
  ['Latin-1', {LC_CTYPE: 'de_DE.ISO-8859-1'}, 'ascii'],
  ['the console of Linux', {TERM: 'linux', LANG: 'en_US.UTF-8'}, 'no-signs'],
])('%s', (_, env, letters) => {
  expect(lettersIn(env)).toBe(letters)
})

test('what a terminal has no letter for takes as many cells in what it has', () => {
  const line = '› donna ● warm ████░░ Zoë e\u0301 上海 👩‍👩‍👧 … ▁▄█'
  expect(writtenIn('ascii', line)).toBe('> donna * warm ####.. Zoe e ???? ?? ~ _-#')
  expect(writtenIn('no-signs', line)).toBe('> donna * warm ####.. Zoë e\u0301 上海 👩‍👩‍👧 ~ _-#')
  expect(writtenIn('all', line)).toBe(line)
  expect(widthOf(writtenIn('ascii', line))).toBe(widthOf(line))
  expect(writtenIn('ascii', '\u001b[1;1H\u001b[7m›\u001b[0m')).toBe('\u001b[1;1H\u001b[7m>\u001b[0m')
})
