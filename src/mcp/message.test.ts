import fc from 'fast-check'
import {expect, test} from 'vitest'
import {parseMessage} from './message.js'

test.each([
  ['{"jsonrpc":"2.0","id":1,"method":"ping"}', 'request'],
  ['{"jsonrpc":"2.0","id":"a","method":"tools/list","params":{}}', 'request'],
  ['{"jsonrpc":"2.0","method":"notifications/initialized"}', 'notification'],
  ['{"jsonrpc":"2.0","id":1,"result":{}}', 'response'],
  ['{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":""}}', 'response'],
])('%s is a %s', (line, kind) => {
  expect(parseMessage(line).kind).toBe(kind)
})

test.each([
  ['{', null, -32700],
  ['', null, -32700],
  ['[{"jsonrpc":"2.0","id":1,"method":"ping"}]', null, -32600],
  ['"ping"', null, -32600],
  ['{"jsonrpc":"1.0","id":1,"method":"ping"}', 1, -32600],
  ['{"jsonrpc":"2.0","id":1}', 1, -32600],
  ['{"jsonrpc":"2.0","id":{},"method":"ping"}', null, -32600],
  ['{"jsonrpc":"2.0","id":1.5,"method":"ping"}', null, -32600],
  ['{"jsonrpc":"2.0","id":null,"method":"ping"}', null, -32600],
  ['{"jsonrpc":"2.0","id":1,"method":"ping","params":[1]}', 1, -32602],
])('%s is answered with an error', (line, id, code) => {
  expect(parseMessage(line)).toMatchObject({kind: 'broken', id, failure: {code}})
})

test('no line at all makes it throw', () => {
  const anything = fc.oneof(
    fc.string(),
    fc.json(),
    fc.jsonValue().map((value) => JSON.stringify({jsonrpc: '2.0', ...Object(value)})),
  )
  fc.assert(
    fc.property(anything, (line) => {
      expect(['request', 'notification', 'response', 'broken']).toContain(parseMessage(line).kind)
    }),
  )
})
