import fc from 'fast-check'
import {expect, test} from 'vitest'
import {hasTomlServer, withoutTomlServer, withTomlServer} from './toml-servers.js'
import {outlineToml} from './toml-tables.js'

const PLACE = {file: 'config.toml', under: ['mcp_servers']}
const SERVER = {
  command: '/usr/bin/node',
  args: ['/opt/mcos.js', 'mcp'],
  env: {MCOS_AGENT: 'donna', MCOS_TOKEN: 'sha256:0'},
}
const named = {name: 'mcos-donna', server: SERVER}

const PERSONS = [
  '# mine',
  'model = "o9"   # [mcp_servers.mcos-donna]',
  'notes = """',
  '[mcp_servers.mcos-donna]',
  '"""',
  'list = [',
  '  ["a", \'b\'],',
  ']',
  '',
  '[mcp_servers.other]',
  'command = "x"',
  '',
  '# of the profile',
  '[profiles."a.b"]',
  'x = 1',
  '',
].join('\n')

test('the server stands at the end, and the rest is what it was, character by character', () => {
  const text = withTomlServer(PERSONS, PLACE, named)
  expect(text.startsWith(PERSONS)).toBe(true)
  expect(text.slice(PERSONS.length)).toBe(
    [
      '\n[mcp_servers.mcos-donna]',
      'command = "/usr/bin/node"',
      'args = ["/opt/mcos.js", "mcp"]',
      '',
      '[mcp_servers.mcos-donna.env]',
      'MCOS_AGENT = "donna"',
      'MCOS_TOKEN = "sha256:0"',
      '',
    ].join('\n'),
  )
  expect(hasTomlServer(text, PLACE, 'mcos-donna')).toBe(true)
  expect(hasTomlServer(PERSONS, PLACE, 'mcos-donna')).toBe(false)
})

test('a second time changes nothing, another token replaces the first, and taking it out gives back what was', () => {
  const once = withTomlServer(PERSONS, PLACE, named)
  expect(withTomlServer(once, PLACE, named)).toBe(once)
  const other = withTomlServer(once, PLACE, {...named, server: {...SERVER, env: {MCOS_TOKEN: 'sha256:1'}}})
  expect(other.match(/MCOS_TOKEN/g)).toHaveLength(1)
  expect(withoutTomlServer(other, PLACE, 'mcos-donna')).toBe(PERSONS)
  expect(withoutTomlServer(withTomlServer(null, PLACE, named), PLACE, 'mcos-donna')).toBe('')
})

test('tables and notes that a person has added below it stay', () => {
  const more = `${withTomlServer(PERSONS, PLACE, named)}\n# mine, too\n[tui]\ntheme = "dark"\n`
  expect(withoutTomlServer(more, PLACE, 'mcos-donna')).toBe(`${PERSONS}\n# mine, too\n[tui]\ntheme = "dark"\n`)
})

test.each([
  ['a string that does not end', 'a = "x\n'],
  ['a list that does not end', 'a = [1,\n'],
  ['servers as a key', 'mcp_servers = {}\n'],
  ['servers as dotted keys', 'mcp_servers.x.command = "y"\n'],
])('%s is told, and nothing is written', (_, text) => {
  expect(() => withTomlServer(text, PLACE, named)).toThrow(/nothing is written there/)
})

test('whatever a text is, an outline of it is found, and tables follow one another', () => {
  const bits = fc.constantFrom(
    '[a]',
    '[[b.c]]',
    "['d.e']",
    '"""',
    "'''",
    '"',
    "'",
    '#',
    '\n',
    '\n\n',
    '[',
    ']',
    '{',
    '}',
    'k = 1',
    '\\',
    '=',
    ' ',
    '[mcp_servers.x]',
  )
  fc.assert(
    fc.property(fc.array(bits, {maxLength: 40}), (parts) => {
      const text = parts.join('')
      const {tables} = outlineToml(text)
      expect(
        tables.every(({start, end}, index) => start < end && end === (tables[index + 1]?.start ?? text.length)),
      ).toBe(true)
    }),
  )
})

test('any value comes back out of a text that had none of it', () => {
  const value = fc.string({unit: 'grapheme'})
  fc.assert(
    fc.property(value, fc.array(value), (command, args) => {
      const text = withTomlServer(PERSONS, PLACE, {...named, server: {command, args, env: {A: command}}})
      expect(outlineToml(text)).toMatchObject({isWhole: true})
      expect(withoutTomlServer(text, PLACE, 'mcos-donna')).toBe(PERSONS)
    }),
  )
})
