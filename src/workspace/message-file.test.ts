import fc from 'fast-check'
import {expect, test} from 'vitest'
import {fixedClock} from '../kit/clock.js'
import {newId} from '../kit/ids.js'
import {parseYaml} from '../kit/yaml.js'
import {formatMessage, type Message, PRIORITIES, parseMessage, signedBytes} from './message-file.js'

const MESSAGE: Message = {
  id: '01JD6F3Q8Z0000000000000000',
  from: 'jarvis',
  to: 'donna',
  at: '2026-11-21T08:30:00.000Z',
  subject: 'The "boiler" in 14: again',
  priority: 'high',
  re: '01JD6F3Q8Z0000000000000001',
  trace: ['atlas', 'jarvis'],
  hops: 2,
  expires: null,
  taint: 'mail:work',
  sig: 'abc+/=',
  body: 'Please answer today.\nsig: not one\n---\nrest',
}
const TEXT = formatMessage(MESSAGE)

test('is what a person would write, and YAML', () => {
  expect(TEXT).toBe(`---
id: 01JD6F3Q8Z0000000000000000
from: jarvis
to: donna
at: 2026-11-21T08:30:00.000Z
subject: "The \\"boiler\\" in 14: again"
priority: high
re: 01JD6F3Q8Z0000000000000001
trace: [atlas, jarvis]
hops: 2
taint: "mail:work"
sig: abc+/=
---
Please answer today.
sig: not one
---
rest
`)
  expect(parseMessage(TEXT, 'm.md')).toEqual(MESSAGE)
})

test('what is signed is the text without the one line of the header, whatever the body says', () => {
  expect(signedBytes(TEXT)).toBe(TEXT.replace('sig: abc+/=\n', ''))
  expect(signedBytes(TEXT)).toBe(formatMessage({...MESSAGE, sig: null}))
})

test.each([
  ['', 'm.md:1: expected "---", got ""'],
  ['# hallo\n', 'm.md:1: expected "---", got "# hallo"'],
  ['---js\nx\n---\n', 'm.md:1: expected "---", got "---js"'],
  [TEXT.slice(0, 60), 'm.md:5: expected a line "---" after the header, got "the end"'],
  [TEXT.slice(0, -1), 'm.md:17: expected a last newline, got "a cut-off line"'],
  [TEXT.replace('from: jarvis', 'from: ../x'), 'm.md:3: expected the name of an agent or a person, got "../x"'],
  [TEXT.replace('from: jarvis\n', ''), 'm.md:12: expected a line "from: …" above, got "none"'],
  [
    TEXT.replace('taint:', 'taimt:'),
    'm.md:11: expected one of id, from, to, at, subject, priority, hops, re, trace, expires, taint, sig, got "taimt"',
  ],
  [TEXT.replace('to: donna', 'from: donna'), 'm.md:4: expected "from" once, got "from a second time"'],
  [
    TEXT.replace('sig: abc+/=\n---', 'sig: abc\nsig: def\n---'),
    'm.md:13: expected "sig" once, got "sig a second time"',
  ],
  [TEXT.replace('hops: 2', 'hops: 02'), 'm.md:10: expected a whole number, got "02"'],
  [TEXT.replace('priority: high', 'priority: HIGH'), 'm.md:7: expected low, normal, high, urgent, got "HIGH"'],
  [
    TEXT.replace('at: 2026-11', 'at: 2026-13'),
    'm.md:5: expected a time such as 2026-11-21T08:30:00Z, got "2026-13-21T08:30:00.000Z"',
  ],
  [TEXT.replace('"The', 'The'), 'm.md:6: expected a text in double quotes, got "The '],
])('%# is an error with its line', (text, message) => {
  expect(() => parseMessage(text, 'm.md')).toThrow(message)
})

const names = fc.constantFrom('donna', 'jarvis', 'field-app', 'ada')
const times = fc
  .date({min: new Date('2020-01-01'), max: new Date('2038-12-31'), noInvalidDate: true})
  .map((date) => date.toISOString())
const ids = times.map((time) => newId(fixedClock(time)))
const texts = fc.string({unit: 'binary'})
const messages: fc.Arbitrary<Message> = fc.record({
  id: ids,
  from: names,
  to: names,
  at: times,
  subject: texts,
  priority: fc.constantFrom(...PRIORITIES),
  re: fc.option(ids),
  trace: fc.array(names, {maxLength: 7}),
  hops: fc.nat(6),
  expires: fc.option(times),
  taint: fc.option(texts),
  sig: fc.option(fc.base64String({minLength: 4})),
  body: fc.oneof(texts, fc.constantFrom('---\n', 'sig: x\n', '\n---\nsig: y\n---')),
})

test('is read back as it was written, with any text in it', () => {
  fc.assert(
    fc.property(messages, (message) => {
      const text = formatMessage(message)
      expect(parseMessage(text, 'm.md')).toEqual(message)
      expect(signedBytes(text)).toBe(signedBytes(formatMessage({...message, sig: 'other'})))
      const head = parseYaml(text.split('\n---\n', 1)[0]?.slice(4) ?? '', {file: 'm.md'})
      expect(head.data).toMatchObject({subject: message.subject, from: message.from, at: message.at})
    }),
    {numRuns: 300},
  )
})

test('its header never carries an invisible or a control character', () => {
  fc.assert(
    fc.property(texts, (subject) => {
      const head = formatMessage({...MESSAGE, subject}).split('\n---\n', 1)[0]
      expect(head).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/)
    }),
  )
})
