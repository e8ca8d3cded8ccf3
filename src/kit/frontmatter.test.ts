import fc from 'fast-check'
import {expect, test} from 'vitest'
import {cpuTime} from '../../testing/cpu-time.js'
import {isUserError} from './errors.js'
import {readFrontmatter, writeFrontmatter} from './frontmatter.js'

function failure(text: string): string {
  try {
    readFrontmatter(text, 'SOUL.md')
  } catch (error) {
    if (isUserError(error)) return `${error.code} ${error.message}`
    throw error
  }
  return 'read'
}

test('a header is a map between two lines of three dashes, and the body begins below it', () => {
  const {head, body, bodyLine} = readFrontmatter('---\r\nrole: Comms\r\n---\r\n# Donna\r\n', 'SOUL.md')
  expect(head?.data).toEqual({role: 'Comms'})
  expect(head?.lineOf(['role'])).toBe(2)
  expect({body, bodyLine}).toEqual({body: '# Donna\n', bodyLine: 4})
})

test.each([
  ['# Donna\n---\nx: 1\n---\n', 'no line of dashes at the very top'],
  ['---\n# Donna\nnever closed\n', 'a rule that is never closed'],
  ['----\nx: 1\n----\n', 'a longer rule'],
  ['', 'nothing'],
])('%j has no header: %s', (text) => {
  expect(readFrontmatter(text, 'SOUL.md')).toEqual({head: null, body: text, bodyLine: 1})
})

test.each([
  ['---js\nmodule.exports = {}\n---\n'],
  ['---javascript\nthrow 1\n---\n'],
  ['--- json\n{}\n---\n'],
  ['---{"a": 1}\n---\n'],
  ['\ufeff---coffee\nx\n---\n'],
])('%j is refused unread', (text) => {
  expect(failure(text)).toMatch(/^FRONTMATTER_LANGUAGE SOUL\.md:1: /)
})

test.each([
  ['---\njust prose\n---\n# Donna\n', 'UNREADABLE SOUL.md:2: expected "key: value" lines, got a text'],
  ['---\n- a\n---\n', 'UNREADABLE SOUL.md:2: expected "key: value" lines, got a list'],
  [
    '---\na: 1\n---x\nb: 1\n---\n',
    'UNREADABLE SOUL.md:3: expected a closing line that is exactly "---", got more behind it',
  ],
  [
    '---\na: [\n---\n',
    'UNREADABLE SOUL.md:3:1: expected YAML, got Flow sequence in block collection must be sufficiently indented and end with a ]',
  ],
  [
    `---\n${'#\n'.repeat(900)}---\n`,
    'UNREADABLE SOUL.md:1: expected frontmatter of at most 16 KiB and 800 lines, got 1800 characters',
  ],
])('%j is an error with its place, and prose where the reader is lenient', (text, message) => {
  expect(failure(text)).toBe(message)
  expect(readFrontmatter(text, 'MEMORY.md', {lenient: true}).head).toBeNull()
})

test('whatever stands at the top of a file, nothing runs and reading takes no time', () => {
  const pieces = fc.constantFrom(
    '---',
    '\n',
    'a: ',
    '[',
    '{',
    '&a ',
    '*a ',
    '!!js/function ',
    '"',
    '\\',
    '#',
    '- ',
    '? ',
    ' ',
    '__proto__: ',
    'js',
    '|',
    '>',
    '\t',
    '\0',
    '%YAML 1.1',
  )
  fc.assert(
    fc.property(fc.array(pieces, {maxLength: 400}), (parts) => {
      expect(cpuTime(() => failure(`---\n${parts.join('')}\n---\nbody`))).toBeLessThan(500)
    }),
    {numRuns: 200},
  )
})

test('one changed key leaves the rest of the file as it was, byte for byte', () => {
  fc.assert(
    fc.property(fc.string({unit: 'binary'}), (prose) => {
      const body = prose.replaceAll('\r\n', '\n')
      const before = `---\n# who\nrole:  'Comms'   # kept\nwarm: always\n---\n${body}`
      const {head, body: read} = readFrontmatter(before, 'SOUL.md')
      head?.set(['warm'], 'scheduled')
      expect(writeFrontmatter(head ?? '', read)).toBe(before.replace('warm: always', 'warm: scheduled'))
    }),
  )
})
