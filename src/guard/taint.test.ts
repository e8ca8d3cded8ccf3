import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {Contract} from '../workspace/soul.js'
import {type Action, NO_FACTS, type TurnFacts} from './action.js'
import {decide} from './decide.js'
import {lawOfContract} from './may.js'
import {isOfMail, isOutside, readsSecret} from './taint.js'

const donna = {name: 'donna', path: 'workspaces/donna'}
const OPEN: Contract = {
  reads: ['**'],
  writes: ['**'],
  hosts: ['a.example'],
  commands: [],
  repos: [],
  may: ['mail.*', 'mcp.*', 'http.post', 'memory.add', 'git.push'],
  ask: [],
  never: [],
  unsandboxed: false,
}
const law = lawOfContract(OPEN, donna)
const TAINT: TurnFacts = {...NO_FACTS, taint: ['https://evil.example']}

describe('text from outside, a secret and an effect outside', () => {
  const post: Action = {verb: 'http.post', target: 'a.example'}
  const label: Action = {verb: 'git.push', target: 'refs/heads/x'}
  const env: Action = {verb: 'read', target: 'workspaces/donna/.env'}

  test.each<[string, Action, TurnFacts, string]>([
    ['a post of a turn that has heard nothing', post, NO_FACTS, 'allow'],
    ['a push after a page', label, TAINT, 'allow'],
    ['a push after a secret', label, {...NO_FACTS, secrets: ['.env']}, 'allow'],
    ['a push after both', label, {...TAINT, secrets: ['.env']}, 'deny'],
    [
      'a page after a secret, for it taints and is a way out',
      {verb: 'fetch', target: 'a.example'},
      {...NO_FACTS, secrets: ['.env']},
      'deny',
    ],
    ['a secret after a page', env, TAINT, 'allow'],
    ['a secret after a page and a push', env, {...TAINT, outside: ['git.push refs/heads/x']}, 'deny'],
    [
      'a note after all three',
      {verb: 'write', target: 'workspaces/donna/a.md'},
      {...TAINT, secrets: ['x'], outside: ['y']},
      'allow',
    ],
  ])('%s', (_, action, facts, effect) => {
    expect(decide(law, action, facts).effect).toBe(effect)
  })

  test('the reason names all three', () => {
    expect(decide(law, label, {...TAINT, secrets: ['donna/.env']}).reason).toBe(
      'text from outside (https://evil.example), a secret (donna/.env) and an effect outside (git.push refs/heads/x) never meet in one turn',
    )
  })

  test('no order of calls that are allowed brings the three together', () => {
    const actions: Action[] = [post, label, env, {verb: 'fetch', target: 'a.example'}, {verb: 'mcp.s.t', target: 's t'}]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...actions), {maxLength: 8}), fc.boolean(), (calls, isTainted) => {
        let facts = isTainted ? TAINT : NO_FACTS
        for (const action of calls) {
          if (decide(law, action, facts).effect !== 'allow') continue
          const taints = action.verb !== 'git.push' && isOutside(action)
          facts = {
            ...facts,
            taint: taints ? [...facts.taint, action.target] : facts.taint,
            secrets: readsSecret(action) ? [...facts.secrets, action.target] : facts.secrets,
            outside: isOutside(action) ? [...facts.outside, action.verb] : facts.outside,
          }
          expect(facts.taint.length > 0 && facts.secrets.length > 0 && facts.outside.length > 0).toBe(false)
        }
      }),
    )
  })
})

describe('what a tainted turn wants to keep for good', () => {
  test.each<[Action, string]>([
    [{verb: 'write', target: 'workspaces/donna/MEMORY.md'}, 'ask'],
    [{verb: 'write', target: 'workspaces/donna/memory/topics/a.md'}, 'ask'],
    [{verb: 'delete', target: 'workspaces/donna/memory.MD'}, 'ask'],
    [{verb: 'write', target: 'wiki/mail/a.md'}, 'ask'],
    [{verb: 'write', target: 'Wiki/mail/a.md'}, 'ask'],
    [{verb: 'memory.add', target: 'boiler'}, 'ask'],
    [{verb: 'write', target: 'workspaces/donna/notes/a.md'}, 'allow'],
    [{verb: 'read', target: 'workspaces/donna/MEMORY.md'}, 'allow'],
  ])('%j: %s', (action, effect) => {
    expect(decide(law, action, TAINT).effect).toBe(effect)
    expect(decide(law, action, NO_FACTS).effect).toBe('allow')
  })

  test('also where the agent is the whole home', () => {
    const flat = lawOfContract(OPEN, {name: 'donna', path: '.'})
    expect(decide(flat, {verb: 'write', target: 'MEMORY.md'}, TAINT).effect).toBe('ask')
    expect(decide(flat, {verb: 'write', target: 'notes/MEMORY.md'}, TAINT).effect).toBe('allow')
  })
})

test.each([
  ['app/.env', true],
  ['app/.env.production', true],
  ['prod.env', true],
  ['.SSH/config', true],
  ['a/id_ed25519', true],
  ['cert/server.PEM', true],
  ['x/credentials.json', true],
  ['secrets/db.yaml', true],
  ['/proc/self/environ', true],
  ['/proc/1/task/1/environ', true],
  ['keys/donna.pub', false],
  ['notes/environment.md', false],
  ['secretary.md', false],
])('%s names a secret: %s', (target, expected) => {
  expect(readsSecret({verb: 'read', target})).toBe(expected)
})

test('what repeats the words of mails is known, in any spelling that a file system takes for it', () => {
  const paths = ['workspaces/donna/mail/2026-11-21.jsonl', 'mail/2026-11-21.md', 'Workspaces/donna/MAIL/2026-11-21.md']
  for (const path of [...paths, 'workspaces/donna/mail', 'workspaces/donna/mail/']) expect(isOfMail(path)).toBe(true)
  for (const path of ['docs/mail.md', 'src/mail/report.ts', 'workspaces/donna/MAIL.md', 'mails/2026-11-21.md'])
    expect(isOfMail(path)).toBe(false)
})
