import {expect, test} from 'vitest'
import type {Channel} from '../workspace/config.js'
import {claimOf} from './channel-claim.js'

const env = {source: 'env', value: 'TOKEN'} as const
const program = {source: 'command', value: 'pass show x'} as const

test.each<[string, Channel, string | null]>([
  ['a program', {kind: 'command', command: ['sh', '-c', 'mail ada']}, 'command: ["sh","-c","mail ada"]'],
  ['a plain address', {kind: 'webhook', url: 'https://x.example/'}, null],
  ['an address that is a secret itself', {kind: 'webhook', url: env}, null],
  ['an address that a program prints', {kind: 'webhook', url: program}, 'webhook: command:pass show x'],
  [
    'a secret that is handed to an address',
    {kind: 'webhook', url: 'https://x.example/', headers: {a: 'plain', authorization: env}},
    'webhook: https://x.example/ authorization=env:TOKEN',
  ],
  ['a bot at its own server', {kind: 'telegram', token: env, chat: '1'}, null],
  [
    'a bot at another server',
    {kind: 'telegram', token: env, chat: '1', baseUrl: 'https://x.example'},
    'telegram: env:TOKEN https://x.example',
  ],
])('%s claims %j', (_, channel, expected) => {
  expect(claimOf(channel)).toBe(expected)
})
