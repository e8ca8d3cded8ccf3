import {expect, test} from 'vitest'
import {isUserError} from '../kit/errors.js'
import {parseGuardrail} from './guardrail-file.js'

const RULE = `---
id: kill-mode
effect: deny
verbs: [write]
paths: ['**/*.service']
content:
  has: ['[Service]']
  lacks: ['KillMode=control-group']
lesson: A unit left its children running.
examples:
  deny:
    - { verb: write, target: a.service, content: "[Service]\\n" }
---
# Every unit file says it
`

function failure(text: string): string {
  try {
    parseGuardrail(text, 'rule.md')
  } catch (error) {
    if (isUserError(error)) return error.message
    throw error
  }
  return 'read'
}

test('gives the rule as the file states it, and the prose that a model reads', () => {
  expect(parseGuardrail(RULE, 'rule.md')).toEqual({
    rule: {
      id: 'kill-mode',
      effect: 'deny',
      verbs: ['write'],
      paths: ['**/*.service'],
      hosts: null,
      commands: null,
      refs: null,
      place: null,
      content: {has: ['[Service]'], lacks: ['KillMode=control-group'], is: []},
      state: [],
      after: null,
      title: 'Every unit file says it',
      lesson: 'A unit left its children running.',
      examples: {
        deny: [{verb: 'write', target: 'a.service', content: '[Service]\n', state: [], agent: null, line: 12}],
        allow: [],
      },
      file: 'rule.md',
      line: 3,
    },
    body: '# Every unit file says it\n',
  })
})

test('every restriction is read', () => {
  const text = `---
id: all
effect: ask
verbs: [write, fetch, run, git.push]
paths: [a/**]
hosts: [example.com]
commands: [gh auth token]
refs: [refs/heads/main]
place: others
content: { is: [secret, blank-value] }
state: [tainted, secret, clock-unchecked]
after: mcos secrets check
lesson: Why.
examples: { allow: [{ verb: write, target: b, state: [tainted], agent: donna }] }
---
`
  expect(parseGuardrail(text, 'all.md').rule).toMatchObject({
    effect: 'ask',
    hosts: ['example.com'],
    commands: ['gh auth token'],
    refs: ['refs/heads/main'],
    place: 'others',
    content: {has: [], lacks: [], is: ['secret', 'blank-value']},
    state: ['tainted', 'secret', 'clock-unchecked'],
    after: 'mcos secrets check',
    examples: {allow: [{state: ['tainted'], agent: 'donna'}]},
  })
})

test.each(['', 'Be kind.\n', '# Rules\n\n- Never send.\n'])('prose without frontmatter is advice: %j', (text) => {
  expect(parseGuardrail(text, 'advice.md')).toEqual({rule: null, body: text})
})

test.each([
  [RULE.replace('effect: deny', 'effect: maybe'), 'rule.md:3: expected effect: ask, deny, got "maybe"'],
  [RULE.replace('verbs: [write]', 'verbs: []'), 'rule.md:4: expected verbs: at least one verb, got a list'],
  [RULE.replace('verbs:', 'verb:'), 'rule.md:4: expected verb: a known key (verbs?), got "verb"'],
  [RULE.replace('lacks:', 'laks:'), 'rule.md:8: expected content.laks: a known key (lacks?), got "laks"'],
  [
    RULE.replace(`['[Service]']`, `'^\\[Service\\]'`),
    `rule.md:7: expected content.has: a list of lines such as ['[Service]'], with "*" for any text; regular expressions are no longer read, got "^\\\\[Service\\\\]"`,
  ],
  [RULE.replace('paths:', 'hosts:'), 'rule.md:5: expected hosts: a verb that has one (fetch, http), got a list'],
  [
    RULE.replace(`['**/*.service']`, '[]'),
    'rule.md:5: expected paths: a list such as [one, two], at least one, got a list',
  ],
  [
    RULE.replace('paths:', 'state: [calm]\npaths:'),
    'rule.md:5: expected state.0: tainted, secret, clock-unchecked, got "calm"',
  ],
  [
    RULE.replace('target: a.service', 'path: a.service'),
    'rule.md:12: expected examples.deny.0.path: a known key (paths?), got "path"',
  ],
])('a rule that can not be read whole is refused: %#', (text, message) => {
  expect(failure(text)).toBe(message)
})

test.each([
  ['its closing line is lost', RULE.replace('\n---\n#', '\n#')],
  ['its opening line is lost', RULE.replace('---\n', '')],
  ['its opening line is torn', RULE.replace('---\n', '--\n')],
])('a rule is no advice because %s', (_, text) => {
  expect(failure(text)).toMatch(/^rule\.md:1: expected frontmatter between two lines/)
})
