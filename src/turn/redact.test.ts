import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {cpuTime} from '../../testing/cpu-time.js'
import {redactor} from './redact.js'

/** Put together at run time, so that no scanner takes this file for a leak. */
const fill = (length: number) => 'aB3'.repeat(length).slice(0, length)
const SECRET = `p@ss/w"ö rd+${fill(12)}`
const {text: redact, value} = redactor({secrets: [SECRET, 'hunter2', 'ab']})
const PEM = ['-----BEGIN', `PRIVATE KEY-----\n${fill(64)}\n${fill(20)}\nab==\n-----END`, 'PRIVATE KEY-----'].join(' ')

describe('the fleet’s own secrets go', () => {
  test.each([
    ['as they are', SECRET],
    ['in a URL', encodeURIComponent(SECRET)],
    ['in a form', encodeURIComponent(SECRET).replaceAll('%20', '+')],
    ['in JSON', JSON.stringify({key: SECRET})],
    ['in base64', Buffer.from(SECRET).toString('base64')],
    ['in base64 behind a name', Buffer.from(`ada:${SECRET}`).toString('base64')],
    ['in base64 behind a longer name', Buffer.from(`adam:${SECRET}!`).toString('base64url')],
    ['in base64 between other things', Buffer.from(`{"k":"${SECRET}","n":1}`).toString('base64')],
  ])('%s', (_, written) => {
    const told = redact(`before ${written} after`)
    expect(told).toContain('[redacted]')
    expect(told).toMatch(/^before .* after$/)
    for (const part of [fill(12), Buffer.from(fill(12)).toString('base64').slice(4, 12)])
      expect(told).not.toContain(part)
  })

  test('whatever they are, wherever they stand', () => {
    const secret = fc.string({minLength: 8, maxLength: 60, unit: 'grapheme'}).filter((one) => one.trim() === one)
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (one, before, after) => {
        const {text} = redactor({secrets: [one]})
        expect(text(`${before}${one}${after}`)).not.toContain(one)
        const inJson = JSON.stringify(one).slice(1, -1)
        expect(text(JSON.stringify({before, one, after}))).not.toContain(`"${inJson}"`)
      }),
    )
  })

  test('a short one only where it stands by itself, and two letters never', () => {
    expect(redact('login: hunter2.')).toBe('login: [redacted].')
    expect(redact('hunter22 and shunter2')).toBe('hunter22 and shunter2')
    expect(redact('cab ab')).toBe('cab ab')
  })

  test('in every text of a value, keys included', () => {
    expect(value({[SECRET]: [SECRET, 1, null, {a: true}]})).toEqual({'[redacted]': ['[redacted]', 1, null, {a: true}]})
  })
})

describe('what has the shape of a secret goes', () => {
  test.each([
    ['an Anthropic key', `sk-ant-api03-${fill(40)}`],
    ['an OpenAI key', `sk-proj-${fill(48)}`],
    ['a GitHub token', `ghp_${fill(36)}`],
    ['a Slack token', `xoxb-${'1'.repeat(12)}-${fill(24)}`],
    ['an AWS key', `AKIA${'A1B2C3D4E5F6G7H8'}`],
    ['a JSON web token', `eyJ${fill(30)}.eyJ${fill(60)}.${fill(40)}`],
    ['a private key', PEM],
    ['a private key whose lines are written out', PEM.replaceAll('\n', '\\n')],
    ['a password in a URL', `postgres://app:${fill(12)}@db.example.com`],
  ])('%s', (_, secret) => {
    expect(redact(`see ${secret} there`)).toBe('see [redacted] there')
  })

  test.each([
    [`Authorization: Bearer ${fill(30)}`, 'Authorization: Bearer [redacted]'],
    [`Authorization: Basic ${Buffer.from(`ada:${fill(9)}`).toString('base64')}`, 'Authorization: Basic [redacted]'],
    [`DB_PASSWORD=${fill(9)} node x`, 'DB_PASSWORD=[redacted] node x'],
    [`https://x.example/?access_token=${fill(9)}&page=2`, 'https://x.example/?access_token=[redacted]&page=2'],
    [`{"client_secret": "${fill(9)}", "a": 1}`, '{"client_secret": "[redacted]", "a": 1}'],
    [`{\\"password\\":\\"${fill(9)}\\"}`, '{\\"password\\":\\"[redacted]\\"}'],
  ])('after its name: %s', (written, told) => {
    expect(redact(written)).toBe(told)
  })
})

describe('ordinary text stays as it is', () => {
  test.each([
    ['key: env:ANTHROPIC_API_KEY'],
    ['password=env:HOME_MAIL and secret=$SECRET and token=<yours>'],
    ['The bearer responsibilities of a messenger, and a password: see the wiki.'],
    ['tokens=3000, max_tokens: 4096, "input_tokens": 1234567'],
    ['the commit 3f2a9c1b7d3f2a9c1b7d3f2a9c1b7d3f2a9c1b7d'],
    ['turn t_01K9Z3N3C2Q5W6E7R8T9Y0A1S2 of https://example.com/a:b@c'],
    ['Look for -----BEGIN PRIVATE KEY----- in every file, and tell whose keyboard it was.'],
    ['const password = readPassword(prompt)'],
  ])('%s', (text) => {
    expect(redact(text)).toBe(text)
  })

  test('5,000 lines of it', () => {
    const words =
      'The probe answered 503 at 02:14, restart tried; see memory/2026-11-21.md#L12, sha256:9f86d08 (ada)'.split(' ')
    const lines = Array.from({length: 5000}, (_, at) =>
      words.map((_, index) => words[(at * 7 + index * (at % 5)) % words.length]).join(' '),
    )
    const text = lines.join('\n')
    expect(redact(text)).toBe(text)
  })
})

test.each([
  ['a-'.repeat(100_000)],
  ['-eyJ'.repeat(50_000)],
  [`eyJ${'a'.repeat(20)}.`.repeat(8000)],
  ['-----BEGIN '.repeat(20_000)],
  [`-----BEGIN PRIVATE KEY-----${'a'.repeat(200_000)}`],
  ['Bearer '.repeat(30_000)],
  ['password="'.repeat(20_000)],
  ['MNO-'.repeat(50_000)],
  ['https://a:'.repeat(20_000)],
])('is quick with %.12s…', (text) => {
  expect(cpuTime(() => redact(text))).toBeLessThan(3000)
})
