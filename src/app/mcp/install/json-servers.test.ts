import {expect, test} from 'vitest'
import {jsonServer, withJsonServer, withoutJsonServer} from './json-servers.js'

const PLACE = {file: 'settings.json', comments: true, under: ['mcpServers']}
const DEEP = {file: '.claude.json', comments: false, under: ['projects', '/srv/fleet', 'mcpServers']}
const named = {name: 'mcos-donna', entry: {command: 'node', args: ['a'], env: {MCOS_TOKEN: 't'}}}

test('foreign keys, order and comments survive, there and back', () => {
  const text = '{\n  // mine\n  "theme": "dark",\n  "mcpServers": {\n    "other": { "command": "x" } // keep\n  }\n}\n'
  const now = withJsonServer(text, PLACE, named)
  expect(now).toContain('// mine')
  expect(now).toContain('"other": { "command": "x" }')
  expect(jsonServer(now, PLACE, 'mcos-donna')).toEqual(named.entry)
  expect(withJsonServer(now, PLACE, named)).toBe(now)
  expect(withoutJsonServer(now, PLACE, 'mcos-donna')).toBe(text)
})

test('what is missing on the way is made, and goes again with the server', () => {
  const text = '{\n  "userID": "x"\n}\n'
  const now = withJsonServer(text, DEEP, named)
  expect(JSON.parse(now)).toEqual({
    userID: 'x',
    projects: {'/srv/fleet': {mcpServers: {'mcos-donna': named.entry}}},
  })
  expect(withoutJsonServer(now, DEEP, 'mcos-donna')).toBe(text)
})

test('a project that has settings of its own keeps them', () => {
  const text = JSON.stringify({projects: {'/srv/fleet': {allowedTools: []}}}, null, 2)
  const now = withJsonServer(text, DEEP, named)
  expect(withoutJsonServer(now, DEEP, 'mcos-donna')).toBe(text)
})

test('another token takes the place of the first', () => {
  const once = withJsonServer(null, PLACE, named)
  const twice = withJsonServer(once, PLACE, {...named, entry: {...named.entry, env: {MCOS_TOKEN: 'u'}}})
  expect(JSON.parse(twice).mcpServers['mcos-donna'].env).toEqual({MCOS_TOKEN: 'u'})
  expect(withoutJsonServer(twice, PLACE, 'mcos-donna').trim()).toBe('{}')
})

test.each([
  ['{"mcpServers": []}', PLACE],
  ['[]', PLACE],
  ['{"a": 1,}', PLACE],
  ['{"projects": "x"}', DEEP],
  ['{ // note\n}', DEEP],
])('%s is told with its line, and nothing is written', (text, place) => {
  expect(() => withJsonServer(text, place, named)).toThrow(/:1/)
})

test('where there is no such server, nothing changes', () => {
  for (const text of ['', '{}', '{"mcpServers": {}}', '{"mcpServers": {"other": {}}}'])
    expect(withoutJsonServer(text, PLACE, 'mcos-donna')).toBe(text)
})
