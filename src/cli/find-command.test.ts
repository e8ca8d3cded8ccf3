import {expect, test} from 'vitest'
import {findCommand} from './find-command.js'
import {nearest} from './nearest.js'

const ids = ['heartbeat', 'init:agent', 'init:fleet', 'log', 'message:send', 'message:list', 'status']
const topics = ['init', 'message', ...ids]
const find = (line: string) => findCommand(line.split(' ').filter(Boolean), ids, topics)

test('the longest run of words that is a command is the command, and the rest is its own', () => {
  expect(find('message send donna hello --json')).toEqual({
    kind: 'command',
    id: 'message:send',
    argv: ['donna', 'hello', '--json'],
  })
  expect(find('log donna')).toEqual({kind: 'command', id: 'log', argv: ['donna']})
})

test('words of the command line after a flag never become part of the command', () => {
  expect(find('heartbeat --at 10:00 status')).toEqual({
    kind: 'command',
    id: 'heartbeat',
    argv: ['--at', '10:00', 'status'],
  })
})

test('--home and --json may stand before the command', () => {
  expect(find('--home /fleet --json status')).toEqual({
    kind: 'command',
    id: 'status',
    argv: ['--home', '/fleet', '--json'],
  })
  expect(find('--home=/fleet log donna')).toEqual({kind: 'command', id: 'log', argv: ['donna', '--home=/fleet']})
})

test.each([
  ['', []],
  ['--help', []],
  ['help', []],
  ['-h', []],
  ['help init agent', ['init', 'agent']],
  ['init agent --help', ['init', 'agent']],
  ['log donna -h', ['log']],
  ['init --help', ['init']],
])('%j asks for help on %j', (line, subject) => {
  expect(find(line)).toEqual({kind: 'help', subject})
})

test('--help behind two dashes is text like any other', () => {
  expect(find('message send donna -- --help')).toMatchObject({kind: 'command', id: 'message:send'})
})

test('a topic without its verb is a topic, and a wrong verb names the nearest command', () => {
  expect(find('message')).toEqual({kind: 'topic', id: 'message'})
  expect(find('message sned donna')).toEqual({kind: 'unknown', typed: 'message sned', nearest: ['message send']})
})

test('where no command is near, the topic that was typed or meant is named', () => {
  expect(find('message forward donna')).toEqual({kind: 'unknown', typed: 'message forward', nearest: ['message']})
  expect(find('messages list')).toEqual({kind: 'unknown', typed: 'messages', nearest: ['message list']})
  expect(find('messages')).toEqual({kind: 'unknown', typed: 'messages', nearest: ['message']})
  expect(find('message')).toEqual({kind: 'topic', id: 'message'})
})

test('a mistyped command names the nearest ones, a wild one names none', () => {
  expect(find('heartbaet')).toEqual({kind: 'unknown', typed: 'heartbaet', nearest: ['heartbeat']})
  expect(find('stat')).toEqual({kind: 'unknown', typed: 'stat', nearest: ['status']})
  expect(find('xyzzyxyzzy')).toEqual({kind: 'unknown', typed: 'xyzzyxyzzy', nearest: []})
  expect(find('STATUS')).toMatchObject({nearest: ['status']})
  expect(find('quit')).toMatchObject({nearest: []})
  expect(find('--frobnicate')).toEqual({kind: 'unknown', typed: '--frobnicate', nearest: []})
  expect(find('--hlep')).toMatchObject({nearest: ['--help']})
  expect(findCommand([''], ids, topics)).toEqual({kind: 'unknown', typed: '', nearest: []})
})

test('a word that other programs have taught names the command that does it here', () => {
  expect(find('send donna hi')).toMatchObject({kind: 'unknown', nearest: ['message send']})
  expect(find('tail donna')).toMatchObject({nearest: ['log']})
  expect(find('message ls')).toMatchObject({typed: 'message ls', nearest: ['message list']})
  expect(find('constructor')).toMatchObject({nearest: []})
})

test('a command that has others below it takes no mistyped one for its argument', () => {
  const both = ['init', ...ids]
  expect(findCommand(['init', 'agnet', 'donna'], both, topics)).toMatchObject({nearest: ['init agent']})
  expect(findCommand(['init', 'my-fleet'], both, topics)).toMatchObject({kind: 'command', argv: ['my-fleet']})
})

test('swapped letters count as one mistake', () => {
  expect(nearest('lgo', ['lit', 'log'])).toEqual(['log'])
})
