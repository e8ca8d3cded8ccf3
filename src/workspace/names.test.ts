import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {isUserError} from '../kit/errors.js'
import {findFileName, findSameNames, foldName, isAgentName, nearestName, parseAgentName, sameName} from './names.js'

describe('a name', () => {
  test.each(['donna', 'a', 'field-app', '7', 'x'.repeat(40)])('%j is one', (text) => {
    expect(parseAgentName(text)).toBe(text)
  })

  test.each([
    ['', 'it is empty'],
    ['../x', 'it has other characters than a-z, 0-9 and "-"'],
    ['.git', 'it has other characters than a-z, 0-9 and "-"'],
    ['A', 'it has other characters than a-z, 0-9 and "-"'],
    ['a b', 'it has other characters than a-z, 0-9 and "-"'],
    ['a\n', 'it has other characters than a-z, 0-9 and "-"'],
    ['dönna', 'it has other characters than a-z, 0-9 and "-"'],
    ['📬', 'it has other characters than a-z, 0-9 and "-"'],
    ['-a', 'it begins or ends with "-"'],
    ['a-', 'it begins or ends with "-"'],
    ['con', 'some file systems keep it for a device'],
    ['lpt1', 'some file systems keep it for a device'],
    ['x'.repeat(300), 'it is longer than 40 characters'],
  ])('%j is none', (text, why) => {
    expect(() => parseAgentName(text)).toThrow(why)
    try {
      parseAgentName(text)
    } catch (error) {
      expect(isUserError(error) && [error.code, error.exit, error.message.length < 200]).toEqual(['BAD_NAME', 2, true])
    }
  })

  test('whatever is accepted is a plain file name', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary', maxLength: 45}), (text) => {
        if (isAgentName(text)) expect(text).toMatch(/^[a-z0-9][a-z0-9-]*$/)
      }),
      {numRuns: 500},
    )
  })
})

describe('names are compared as a forgiving file system would', () => {
  test.each([
    ['soul.md', 'SOUL.md'],
    ['Soul.MD', 'SOUL.md'],
    ['SO\u200cUL.md', 'SOUL.md'],
    ['caf\u00e9.md', 'cafe\u0301.md'],
    ['\u017foul.md', 'SOUL.md'],
    ['\u212a.md', 'k.md'],
    ['stra\u00dfe', 'STRASSE'],
    ['STRA\u1e9eE', 'stra\u00dfe'],
  ])('%j is %j', (a, b) => {
    expect(sameName(a, b)).toBe(true)
  })

  test('and other names are other names', () => {
    expect(sameName('SOUL.md', 'SOUL.md.bak')).toBe(false)
    expect(sameName('SOUL.md', 'SOUI.md')).toBe(false)
  })

  test('folding twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({unit: 'grapheme'}), (text) => {
        expect(foldName(foldName(text))).toBe(foldName(text))
      }),
    )
  })
})

test('the exact entry is preferred, and a collision is seen', () => {
  expect(findFileName(['a', 'soul.md'], 'SOUL.md')).toBe('soul.md')
  expect(findFileName(['memory.md', 'MEMORY.md'], 'MEMORY.md')).toBe('MEMORY.md')
  expect(findSameNames(['memory.md', 'x', 'MEMORY.md'], 'MEMORY.md')).toEqual(['MEMORY.md', 'memory.md'])
  expect(findFileName([], 'SOUL.md')).toBeNull()
})

test('the nearest name is offered only when it is near', () => {
  expect(nearestName('dona', ['donna', 'gene'])).toBe('donna')
  expect(nearestName('zebra', ['donna', 'gene'])).toBeNull()
  expect(nearestName('', ['donna'])).toBeNull()
})
