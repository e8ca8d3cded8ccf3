import {expect, test} from 'vitest'
import {findSecrets} from './secrets.js'

/** Put together at run time, so that no scanner takes this file for a leak. */
const fill = (length: number) => 'aB3'.repeat(length).slice(0, length)

test.each([
  ['Anthropic key', `sk-ant-api03-${fill(40)}`],
  ['OpenAI key', `sk-proj-${fill(48)}`],
  ['GitHub token', `ghp_${fill(36)}`],
  ['Slack token', `xoxb-${'1'.repeat(12)}-${fill(24)}`],
  ['Telegram bot token', `123456789:AA${fill(33)}`],
  ['AWS key', `AKIA${'A1B2C3D4E5F6G7H8'}`],
  ['Google key', `AIza${fill(35)}`],
  ['private key', `-----BEGIN OPENSSH ${'PRIVATE KEY'}-----`],
  ['password in a URL', `postgres://app:${fill(12)}@db.example.com/x`],
])('finds a %s and never repeats it', (kind, value) => {
  const found = findSecrets(`one\ntwo ${value} three\n`, 'TOOLS.md')
  expect(found).toEqual([{file: 'TOOLS.md', line: 2, kind}])
  expect(JSON.stringify(found)).not.toContain(value)
})

test.each([
  ['a reference: env:ANTHROPIC_API_KEY'],
  ['sk-something-short'],
  ['the commit 3f2a9c1b7d3f2a9c1b7d3f2a9c1b7d3f2a9c1b7d'],
  ['sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  ['https://example.com/a:b@c'],
  ['ulid 01K9Z3N3C2Q5W6E7R8T9Y0A1S2'],
])('%s is no secret', (text) => {
  expect(findSecrets(text, 'x.md')).toEqual([])
})
