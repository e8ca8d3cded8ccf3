import {expect, test} from 'vitest'
import {isUserError} from '../kit/errors.js'
import {parseGuardrail, parseMistakes} from './guardrail-file.js'

const RULE = `---
id: kill-mode
effect: deny
verbs: [write]
paths: ['**/*.service']
content:
  has: '^\\[Service\\]'
  lacks: '^KillMode=control-group\\s*$'
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

test('gives the rule as the file states it', () => {
  expect(parseGuardrail(RULE, 'rule.md')).toEqual({
    id: 'kill-mode',
    effect: 'deny',
    verbs: ['write'],
    paths: ['**/*.service'],
    hosts: null,
    commands: null,
    content: {has: '^\\[Service\\]', lacks: '^KillMode=control-group\\s*$'},
    after: null,
    lesson: 'A unit left its children running.',
    examples: {deny: [{verb: 'write', target: 'a.service', content: '[Service]\n'}], allow: []},
    file: 'rule.md',
    body: '# Every unit file says it\n',
  })
})

test.each([
  ['', 'rule.md:1: expected frontmatter with id, effect and verbs, got none'],
  [RULE.replace('effect: deny', 'effect: maybe'), 'rule.md:3: expected effect: ask, deny, got "maybe"'],
  [RULE.replace('verbs: [write]', 'verbs: []'), 'rule.md:4: expected verbs: at least one verb, got a list'],
  [RULE.replace('verbs:', 'verb:'), 'rule.md:4: expected verb: a known key (verbs?), got "verb"'],
  [RULE.replace('lacks:', 'laks:'), 'rule.md:8: expected content.laks: a known key (lacks?), got "laks"'],
  [
    RULE.replace("'^\\[Service\\]'", "'['"),
    'rule.md:7: expected content.has: a regular expression of at most 500 characters, got "["',
  ],
])('a rule that can not be read whole is refused: %#', (text, message) => {
  expect(failure(text)).toBe(message)
})

test('what never to repeat is bullets, numbers, or sections where there are neither', () => {
  expect(parseMistakes('# Mistakes\n\n- one\n* two\n3. three\n')).toEqual([
    {text: 'one', line: 3},
    {text: 'two', line: 4},
    {text: 'three', line: 5},
  ])
  expect(parseMistakes('# Signs\n## Trigger happy\ntext\n')).toEqual([{text: 'Trigger happy', line: 2}])
})
