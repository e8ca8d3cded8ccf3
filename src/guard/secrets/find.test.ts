import {describe, expect, test} from 'vitest'
import {findSecrets, isSecret} from './find.js'
import {ROUGHLY} from './shapes.js'

/** Put together at run time, so that no scanner takes this file for a leak. */
const fill = (length: number) => 'aB3'.repeat(length).slice(0, length)

const TOKENS: readonly (readonly [string, string])[] = [
  ['Anthropic key', `sk-ant-api03-${fill(40)}`],
  ['OpenAI key', `sk-proj-${fill(48)}`],
  ['GitHub token', `ghp_${fill(36)}`],
  ['GitLab token', `glpat-${fill(20)}`],
  ['Slack token', `xoxb-${'1'.repeat(12)}-${fill(24)}`],
  ['Telegram bot token', `123456789:AA${fill(33)}`],
  ['AWS key', `AKIA${'A1B2C3D4E5F6G7H8'}`],
  ['AWS secret key', `aws_secret_access_key = ${fill(40)}`],
  ['Google key', `AIza${fill(35)}`],
  ['private key', `-----BEGIN OPENSSH ${'PRIVATE KEY'}-----`],
  ['password in a URL', `postgres://app:${fill(12)}@db.example.com/x`],
  ['password in a connection string', `Server=db;Database=x;User Id=app;Password=${fill(14)};`],
]

test.each(TOKENS)('finds a %s and never repeats it', (kind, value) => {
  const found = findSecrets(`one\ntwo ${value} three\n`)
  expect(found).toEqual([{line: 2, kind, own: false}])
  expect(JSON.stringify(found)).not.toContain(value)
  expect(isSecret(value)).toBe(true)
})

test.each(TOKENS)('what is searched for roughly covers a %s', (_, value) => {
  expect(new RegExp(ROUGHLY).test(value)).toBe(true)
})

const GITHUB = `ghp_${fill(36)}`

describe('a token is found', () => {
  test.each([
    ['in base64', Buffer.from(GITHUB).toString('base64')],
    ['in base64 behind a name', Buffer.from(`user:${GITHUB}`).toString('base64url')],
    ['in base64 behind a path', `data/${Buffer.from(GITHUB).toString('base64')}`],
    ['in hex', Buffer.from(GITHUB).toString('hex')],
    ['in an address', [...GITHUB].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('')],
    ['in two literals', `"${GITHUB.slice(0, 9)}" + "${GITHUB.slice(9)}"`],
    ['in literals over two lines', `'${GITHUB.slice(0, 20)}' +\n      '${GITHUB.slice(20)}'`],
  ])('%s', (_, written) => {
    expect(findSecrets(`first\nkey = ${written}\n`)).toEqual([
      {line: 2, kind: expect.stringMatching(/^GitHub token, (?:encoded|in pieces)$/), own: false},
    ])
  })
})

test.each([
  ['a reference: env:ANTHROPIC_API_KEY'],
  ['sk-something-short'],
  ['the commit 3f2a9c1b7d3f2a9c1b7d3f2a9c1b7d3f2a9c1b7d'],
  ['sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  ['https://example.com/a:b@c'],
  ['ulid 01K9Z3N3C2Q5W6E7R8T9Y0A1S2'],
  ['Server=db;Database=x;User Id=app;Password=${DB_PASSWORD};'],
  ["const names = ['one', 'two'] + ['three']"],
])('%s is no secret', (text) => {
  expect(findSecrets(text)).toEqual([])
})
