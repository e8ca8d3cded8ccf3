import fc from 'fast-check'
import {expect, test} from 'vitest'
import {formatButton, newNonce, parseButton} from './button.js'
import {parseCommand} from './command.js'
import {fitMessage, LONGEST_MESSAGE} from './message-text.js'
import {parseUpdates} from './update.js'

const ID = '01KAHV3J5QW8XN2Y7M4T6R9BCD'

test('whatever a server sends as updates is read or left out, never a mistake', () => {
  const fields = fc.dictionary(
    fc.constantFrom(
      'update_id',
      'message',
      'callback_query',
      'from',
      'chat',
      'id',
      'text',
      'data',
      'is_bot',
      'sender_chat',
      'x',
    ),
    fc.letrec((tie) => ({
      any: fc.oneof(
        {maxDepth: 4},
        fc.jsonValue(),
        fc.integer(),
        fc.dictionary(
          fc.constantFrom('from', 'chat', 'id', 'is_bot', 'text', 'data', 'message', 'message_id'),
          tie('any'),
        ),
      ),
    })).any,
    {noNullPrototype: true},
  )
  fc.assert(
    fc.property(fc.oneof(fc.array(fields, {maxLength: 6}), fc.jsonValue()), (result) => {
      const updates = parseUpdates(result)
      expect(updates === null).toBe(!Array.isArray(result))
      const ids = (updates ?? []).map(({id}) => id)
      expect(ids).toEqual([...ids].sort((one, other) => one - other))
      expect((updates ?? []).every(({from}) => from === null || /^-?\d+$/.test(from))).toBe(true)
    }),
    {numRuns: 100},
  )
})

test('a button comes back as it was put there, in 64 bytes, and nothing else passes for one', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('yes' as const, 'no' as const),
      fc.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/),
      (answer, id) => {
        const button = {answer, id, nonce: newNonce()}
        const data = formatButton(button)
        expect(parseButton(data)).toEqual(button)
        expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64)
        expect(parseButton(`${data} `)).toBeNull()
        expect(parseButton(data.slice(0, -1))).toBeNull()
      },
    ),
    {numRuns: 30},
  )
  fc.assert(
    fc.property(fc.string({unit: 'binary'}), (text) => {
      expect(parseButton(text)).toBeNull()
    }),
    {numRuns: 50},
  )
})

test.each([
  ['/status', {word: 'status'}],
  ['  /STATUS@Northwind_bot please', {word: 'status'}],
  [`/approve ${ID}\nthanks`, {word: 'approve', id: ID}],
  ['/deny', {word: 'deny', id: null}],
  ['/stop', {word: 'stop', agent: null}],
  ['/stop Donna now', {word: 'stop', agent: 'Donna'}],
  ['/start', {word: 'help'}],
  ['/stopp', {word: 'text'}],
  ['please /stop', {word: 'text'}],
  ['', {word: 'text'}],
  ['/stop@another_bot', null],
])('%j is %j', (text, command) => {
  expect(parseCommand(text, 'northwind_bot')).toEqual(command)
})

test('any text fits into one message and is told as it is where it is short', () => {
  fc.assert(
    fc.property(fc.string({unit: 'binary', maxLength: 400}), fc.integer({min: 1, max: 40}), (piece, times) => {
      const fitted = fitMessage(piece.repeat(times))
      expect(fitted.length).toBeLessThanOrEqual(LONGEST_MESSAGE)
      expect(Buffer.from(fitted).toString()).toBe(fitted)
    }),
  )
})
