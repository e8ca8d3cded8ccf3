import {chmodSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {openToolScene} from '../../../testing/tool-scene.js'
import {agentToken} from '../../bus/agent-token.js'

const OWN = 'workspaces/donna'
const SECRET = 'northwind-7f3a91c2d4'
const FROM_FILE = 'boiler-room-4711-keys'
const CONFIG = (dir: string) =>
  `version: 1\nname: northwind\nengines:\n  local: { kind: openai, base_url: http://127.0.0.1:9, model: m, key: "file:${dir}/local.key" }\n`

async function open() {
  return openToolScene({
    env: {WIDGET_TOKEN: SECRET},
    contract: {hosts: ['127.0.0.1:9'], may: ['message', 'task.create', 'alert.P3']},
    before: (scene) => {
      scene.write('.mcos/local.key', FROM_FILE)
      chmodSync(`${scene.dir}/.mcos/local.key`, 0o600)
      scene.write('mcos.yaml', CONFIG(`${scene.dir}/.mcos`))
    },
  })
}

const bytes = (text: string) => Buffer.from(text)
const SPELLINGS: readonly (readonly [string, (secret: string) => string])[] = [
  ['as it is', (secret) => secret],
  ['in base64 behind a word', (secret) => bytes(`x${secret}`).toString('base64')],
  ['in base64 for addresses', (secret) => bytes(`key=${secret}`).toString('base64url')],
  ['in hex', (secret) => bytes(secret).toString('hex').toUpperCase()],
  ['in hex with colons', (secret) => (bytes(secret).toString('hex').match(/../g) ?? []).join(':')],
  ['as codes of a page', (secret) => [...secret].map((letter) => `&#${letter.charCodeAt(0)};`).join('')],
  ['as codes of JSON', (secret) => [...secret].map((letter) => `\\u00${letter.charCodeAt(0).toString(16)}`).join('')],
  ['backwards', (secret) => [...secret].reverse().join('')],
]

describe.each(SPELLINGS)('a secret %s', (_, spell) => {
  test('gets out by no tool', async () => {
    const {tell, scene, context} = await open()
    const token = agentToken(scene.read('.mcos/keys/donna.key'))
    const key = scene.read('.mcos/keys/jarvis.key').split('\n')[1] ?? ''
    for (const secret of [SECRET, FROM_FILE, token, key]) {
      const text = `see ${spell(secret)} there`
      for (const [tool, input] of [
        ['write', {path: `${OWN}/a.md`, content: text}],
        ['log', {text}],
        ['message_send', {to: 'jarvis', text: 'hello', subject: text}],
        ['remember', {topic: text, fact: 'a fact'}],
        ['remember', {topic: 'a', fact: 'a fact', source: text}],
        ['workstate', {fact: text}],
        ['workstate', {plan: [{text, state: 'next'}]}],
        ['task_create', {title: 'a task', text}],
        ['alert_raise', {level: 'P3', title: 'an alert', evidence: [text]}],
        ['http_get', {url: `http://127.0.0.1:9/?q=${encodeURIComponent(spell(secret))}`}],
      ] as const) {
        expect(`${tool}: ${await tell(tool, input)}`).toMatch(/that holds a secret \(/)
      }
    }
    expect(context.draft.changes()).toEqual([])
  })
})

test.each([
  [
    'with a code that is cut off',
    (text: string) => `${[...text].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('')}%zz`,
  ],
  ['coded twice', (text: string) => [...text].map((letter) => `%25${letter.charCodeAt(0).toString(16)}`).join('')],
])('no address tells a secret %s', async (_, spell) => {
  const {tell} = await open()
  expect(await tell('http_get', {url: `http://127.0.0.1:9/?q=${spell(SECRET)}`})).toMatch(/that holds a secret \(/)
})

test('a token of a vendor is found in base64 and hex, and ordinary words are none', async () => {
  const {tell} = await open()
  const vendors = `ghp_${'aB3'.repeat(12)}`
  for (const text of [bytes(`t=${vendors}`).toString('base64'), bytes(vendors).toString('hex')])
    expect(await tell('log', {text})).toMatch(/that holds a secret \(GitHub token, encoded\)/)
  for (const text of [
    'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    bytes('an ordinary sentence, in base64, about the boiler room').toString('base64'),
    'workspaces/donna/memory/2026-11-21-a-long-name-of-a-file-without-any-blank.md',
  ])
    expect(await tell('log', {text})).toBe('logged')
})
