import {describe, expect, test} from 'vitest'
import type {GuardrailRule} from '../workspace/guardrail-file.js'
import {type Action, NO_FACTS, type TurnFacts} from './action.js'
import {speaks, whichSpeak} from './guardrails.js'

const donna = {name: 'donna', path: 'workspaces/donna'}
const flow = {name: 'flow', path: 'workspaces/flow'}
const law = {agent: donna, others: [flow]}

function rule(about: Partial<GuardrailRule>): GuardrailRule {
  return {
    ...{id: 'r', effect: 'deny', verbs: ['*'], paths: null, hosts: null, commands: null, refs: null, place: null},
    ...{
      content: null,
      state: [],
      after: null,
      title: 'A rule',
      lesson: 'Why.',
      examples: {deny: [], allow: []},
      file: 'r.md',
      line: 3,
    },
    ...about,
  }
}

function isSpoken(about: Partial<GuardrailRule>, action: Action, facts: TurnFacts = NO_FACTS): boolean {
  return speaks(rule(about), action, {law, facts})
}

test('verbs are taken widely', () => {
  const on = (verbs: string[], verb: string) => isSpoken({verbs}, {verb, target: 'x'})
  expect(on(['mail'], 'mail.send')).toBe(true)
  expect(on(['mail.*'], 'Mail.Send')).toBe(true)
  expect(on(['*'], 'anything')).toBe(true)
  expect(on(['mail.send'], 'mail')).toBe(false)
  expect(on(['mail'], 'mailing')).toBe(false)
  expect(on(['read', 'write'], 'write')).toBe(true)
})

describe('a restriction holds only for verbs that have such a target', () => {
  const all = {paths: ['a/**'], hosts: ['example.com'], commands: ['gh auth'], refs: ['refs/heads/main']}
  test.each([
    ['write', 'a/b', true],
    ['write', 'b/b', false],
    ['delete', 'a/', true],
    ['fetch', 'example.com', true],
    ['fetch', 'example.org', false],
    ['http.post', 'EXAMPLE.com:443', true],
    ['run', 'gh auth token', true],
    ['run', 'gh pr list', false],
    ['git.push', 'refs/heads/main', true],
    ['git.push', 'main', true],
    ['git.push', 'refs/heads/mine', false],
    ['mail.send', 'whoever', true],
  ])('%s %s: %s', (verb, target, expected) => {
    expect(isSpoken(all, {verb, target})).toBe(expected)
  })
})

test('paths are compared as the most forgiving file system would', () => {
  const on = (target: string) => isSpoken({paths: ['**/.Env', '**/*.service']}, {verb: 'write', target})
  expect(on('a/.ENV')).toBe(true)
  expect(on('a/.env.')).toBe(true)
  expect(on('a/.e\u200cnv')).toBe(true)
  expect(on('A.SERVICE')).toBe(true)
  expect(on('a.service:stream')).toBe(true)
  expect(on('/etc/systemd/a.service')).toBe(true)
  expect(on('a/env')).toBe(false)
})

describe('a place', () => {
  const others = (target: string, at = law) =>
    speaks(rule({place: 'others'}), {verb: 'write', target}, {law: at, facts: NO_FACTS})
  const outside = (target: string) => isSpoken({place: 'outside'}, {verb: 'delete', target})

  test('of others is in another agent’s folder', () => {
    expect(others('workspaces/flow/notes.md')).toBe(true)
    expect(others('WORKSPACES/Flow/notes.md')).toBe(true)
    expect(others('workspaces/donna/notes.md')).toBe(false)
    expect(others('wiki/a.md')).toBe(false)
    expect(others('workspaces/flowers/a.md')).toBe(false)
  })

  test('of others is also a tree that holds one', () => {
    expect(others('workspaces/')).toBe(true)
    expect(others('workspaces/flow/')).toBe(true)
    expect(others('workspaces/donna/')).toBe(false)
    expect(others('wiki/')).toBe(false)
  })

  test('is the innermost agent’s where one agent’s folder lies in another’s', () => {
    const root = {name: 'jarvis', path: '.'}
    expect(others('notes.md', {agent: donna, others: [root]})).toBe(true)
    expect(others('workspaces/donna/notes.md', {agent: donna, others: [root]})).toBe(false)
    expect(others('workspaces/donna/notes.md', {agent: root, others: [donna]})).toBe(true)
    expect(others('notes.md', {agent: root, others: [donna]})).toBe(false)
  })

  test('outside is whatever is not the agent’s own', () => {
    expect(outside('workspaces/donna/tmp/')).toBe(false)
    expect(outside('workspaces/donna/../flow/a')).toBe(false) // what isn't canonical is closed before any rule is asked
    expect(outside('workspaces/flow/a')).toBe(true)
    expect(outside('wiki/a.md')).toBe(true)
    expect(outside('/tmp/a')).toBe(true)
  })

  test('of a command is where its words lead', () => {
    const run = (target: string) => isSpoken({place: 'outside', commands: ['rm -r']}, {verb: 'run', target})
    expect(run('rm -rf /tmp/a')).toBe(true)
    expect(run('rm -rf build')).toBe(false)
    expect(run('ls /tmp/a')).toBe(false)
  })
})

describe('a text that nobody has seen', () => {
  test('is spoken of where the rule names paths', () => {
    expect(
      isSpoken(
        {paths: ['**/*.service'], content: {has: ['x'], lacks: [], is: []}},
        {verb: 'write', target: 'a.service'},
      ),
    ).toBe(true)
  })

  test('is passed over where it could be any', () => {
    expect(isSpoken({content: {has: [], lacks: [], is: ['secret']}}, {verb: 'write', target: 'a'})).toBe(false)
  })

  test('is not the empty one', () => {
    const about = {paths: ['**'], content: {has: ['x'], lacks: [], is: []}}
    expect(isSpoken(about, {verb: 'write', target: 'a', content: ''})).toBe(false)
  })
})

test('a secret is found by the test that is handed in', () => {
  const hush = rule({content: {has: [], lacks: [], is: ['secret']}})
  const action = {verb: 'message', target: 'jarvis', content: 'hush'}
  expect(speaks(hush, action, {law, facts: NO_FACTS})).toBe(false)
  expect(speaks(hush, action, {law, facts: NO_FACTS, isSecret: (text) => text === 'hush'})).toBe(true)
})

test('every state has to hold', () => {
  const on = (state: GuardrailRule['state'], facts: Partial<TurnFacts>) =>
    isSpoken({state}, {verb: 'x', target: ''}, {...NO_FACTS, isClockChecked: true, ...facts})
  expect(on(['tainted'], {})).toBe(false)
  expect(on(['tainted'], {taint: ['x']})).toBe(true)
  expect(on(['secret'], {})).toBe(false)
  expect(on(['secret'], {secrets: ['x']})).toBe(true)
  expect(on(['clock-unchecked'], {})).toBe(false)
  expect(on(['clock-unchecked'], {isClockChecked: false})).toBe(true)
  expect(on(['tainted', 'secret'], {taint: ['x']})).toBe(false)
  expect(on(['tainted', 'secret'], {taint: ['x'], secrets: ['x']})).toBe(true)
})

test('of several that speak, those that deny come first', () => {
  const rules = [rule({id: 'a', effect: 'ask'}), rule({id: 'b', verbs: ['mail']}), rule({id: 'c'})]
  expect(whichSpeak(rules, {verb: 'x', target: ''}, {law, facts: NO_FACTS}).map(({id}) => id)).toEqual(['c', 'a'])
})
