import fc from 'fast-check'
import {expect, test} from 'vitest'
import {foldPath, partInFolder, whyClosed} from './paths.js'

test.each([
  ['SOUL.md', 'soul.md'],
  ['.MCOS', '.mcos'],
  ['soul.md.', 'soul.md'],
  ['soul.md . .', 'soul.md'],
  ['SOUL.md::$DATA', 'soul.md'],
  ['so\u200bul.md', 'soul.md'],
  ['STRA\u1e9eE', 'strasse'],
  ['\u212a.md', 'k.md'],
  ['a/B./c:d', 'a/b/c'],
])('%j is compared as %j', (path, folded) => {
  expect(foldPath(path)).toBe(folded)
})

test('a name that needs no folding comes out as one that does, and folding twice changes nothing', () => {
  const name = fc.oneof(fc.string({unit: 'grapheme'}), fc.string({unit: fc.constantFrom(...'aZ09_-.: $~\u00df\u0130')}))
  fc.assert(
    fc.property(name, (text) => {
      const folded = foldPath(text)
      expect(foldPath(folded)).toBe(folded)
      // An invisible letter keeps it from the short way.
      expect(foldPath(text.replace(/(?=[^/])/g, '\u200b'))).toBe(folded)
    }),
    {numRuns: 500},
  )
})

test("what lies below an agent's folder is found however the folder is spelled", () => {
  const donna = {path: 'workspaces/donna'}
  expect(partInFolder('workspaces/donna/notes/a.md', donna)).toBe('notes/a.md')
  expect(partInFolder('Workspaces/DONNA./notes/A.md', donna)).toBe('notes/A.md')
  expect(partInFolder('workspaces/donna', donna)).toBeNull()
  expect(partInFolder('workspaces/donnas/a.md', donna)).toBeNull()
  expect(partInFolder('/workspaces/donna/a.md', donna)).toBeNull()
})

test('no name with a control character is opened for writing', () => {
  for (let code = 1; code < 0x180; code++) {
    const isControl = /\p{Cc}/u.test(String.fromCharCode(code))
    const why = whyClosed(`notes/a${String.fromCharCode(code)}b.md`, 'write')
    expect([code, why?.startsWith('a control character') ?? false]).toEqual([code, isControl])
  }
})
