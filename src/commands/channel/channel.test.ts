import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {runCommand} from '../../../testing/run-command.js'
import {openTelegramScene, type TelegramScene, TOKEN} from '../../../testing/telegram-scene.js'
import ChannelListen from './listen.js'
import ChannelTest from './test.js'

let scene: TelegramScene

beforeEach(async () => {
  scene = await openTelegramScene()
  vi.stubEnv('TELEGRAM_TOKEN', TOKEN)
})

afterEach(() => vi.unstubAllEnvs())

const run = (command: Parameters<typeof runCommand>[0], ...argv: string[]) =>
  runCommand(command, [...argv, '--home', scene.dir])

test('channel test sends one message and says what came of it', async () => {
  const {stdout, code} = await run(ChannelTest, 'founders')
  expect(code).toBe(0)
  expect(stdout).toBe('The test message over founders (telegram) was sent: Telegram took it.\n')
  expect(scene.chat()).toEqual([
    expect.stringMatching(/^Test of channel founders\n\n.* has tried whether this arrives/),
  ])
})

test('channel test --json has the promised keys, fails with 1, and tells nobody the token', async () => {
  vi.stubEnv('TELEGRAM_TOKEN', `${TOKEN}-revoked`)
  const {stdout, stderr, code} = await run(ChannelTest, 'founders', '--json')
  expect(Object.keys(JSON.parse(stdout))).toEqual(['channel', 'kind', 'outcome', 'detail'])
  expect(JSON.parse(stdout)).toMatchObject({outcome: 'failed', detail: expect.stringContaining('revoked')})
  expect(code).toBe(1)
  expect(stdout + stderr).not.toContain('AAtest')
})

test.each([
  ['a channel that is not there', ['nobody'], {}, 'mcos channel test founders', 2],
  ['an agent', ['founders'], {MCOS_AGENT: 'donna'}, 'Only a person may do this', 3],
])('channel test is refused for %s', async (_, argv, env, words, exit) => {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  const {stderr, code} = await run(ChannelTest, ...argv)
  expect(stderr).toContain(words)
  expect(code).toBe(exit)
  expect(scene.telegram.calls).toEqual([])
})

test('channel test of a stopped fleet sends nothing', async () => {
  scene.write('.mcos/STOP', '')
  const {stderr, code} = await run(ChannelTest, 'founders')
  expect(stderr).toContain('The fleet is stopped')
  expect(code).toBe(3)
  expect(scene.telegram.calls).toEqual([])
})

test('channel listen --once shows who was not heard, so that a person finds their own number', async () => {
  scene.telegram.say('hello?', {from: 31337})
  const {stdout, stderr, code} = await run(ChannelListen, '--once')
  expect(stderr).toBe('not answered: unknown sender 31337 in chat 31337\n')
  expect(stdout).toBe('1 line is in .mcos/telegram/founders.log.\n')
  expect(code).toBe(0)
})

test.each([
  ['a token nobody knows', {TELEGRAM_TOKEN: `${TOKEN}x`}, 'Telegram does not know the token of founders', 1],
  ['no token', {TELEGRAM_TOKEN: ''}, 'The secret env:TELEGRAM_TOKEN is', 2],
  ['an agent', {MCOS_AGENT: 'donna'}, 'Only a person may do this', 3],
])('channel listen fails at once for %s', async (_, env, words, exit) => {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  const {stderr, code} = await run(ChannelListen)
  expect(stderr).toContain(words)
  expect(stderr).not.toContain('AAtest')
  expect(code).toBe(exit)
})
