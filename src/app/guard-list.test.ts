import {expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {runCommand} from '../../testing/run-command.js'
import GuardList from '../commands/guard/list.js'

const RULE = `---
id: quiet
effect: ask
verbs: [write, git.push]
paths: ['**/*.sh']
refs: [refs/heads/main]
place: others
content: { has: ['*rm*'], lacks: ['# fine'], is: [secret] }
state: [tainted]
lesson: Why.
---
# Quiet
`
const SOUL = '---\ncontract:\n  reads: [wiki/**]\n  may:\n    - message\n  never: [shell]\n---\n# Donna\n'
const FILES = {
  'guardrails/quiet.md': RULE,
  'guardrails/kind.md': '- Be kind.\n- Be brief.\n',
  'workspaces/donna/SOUL.md': SOUL,
  'workspaces/donna/GUARDRAILS.md': '- Never twice.\n',
}

test('what is enforced, what is advice, and the contract that was asked for', async () => {
  const {dir} = openScene({files: FILES})
  const {stdout, code} = await runCommand(GuardList, ['donna', '--home', dir])
  expect(stdout).toMatchInlineSnapshot(`
    "Enforced for every agent
    EFFECT  RULE   VERBS           FILE
    ask     quiet  write git.push  guardrails/quiet.md:3

    Advice only
      guardrails/kind.md: 2 entries
      workspaces/donna/GUARDRAILS.md: 1 entry

    The contract of donna
    KEY    WORD     FILE
    reads  wiki/**  workspaces/donna/SOUL.md:3
    may    message  workspaces/donna/SOUL.md:5
    never  shell    workspaces/donna/SOUL.md:6
    "
  `)
  expect(code).toBe(0)
})

test('--json says the same with every word', async () => {
  const {dir} = openScene({files: FILES})
  const report = JSON.parse((await runCommand(GuardList, ['--json', '--home', dir])).stdout)
  expect(report).toMatchObject({agent: null, trouble: null, contract: null})
  expect(report.rules).toEqual([
    {
      id: 'quiet',
      effect: 'ask',
      verbs: ['write', 'git.push'],
      limits: [
        'paths **/*.sh',
        'refs refs/heads/main',
        'content has *rm*',
        'content lacks # fine',
        "in another agent's folder",
        'content is secret',
        'turn is tainted',
      ],
      file: 'guardrails/quiet.md',
      line: 3,
      lesson: 'Why.',
    },
  ])
  expect(report.advice).toContainEqual({file: 'guardrails/kind.md', entries: 2})
  expect(report.advice).toContainEqual({file: 'workspaces/donna/GUARDRAILS.md', entries: 1})
})

test('a guardrail that was committed and is gone is said first, and the exit code says that all is denied', async () => {
  const scene = openScene({files: FILES})
  scene.git('rm', '-q', 'guardrails/quiet.md')
  const {stdout, code} = await runCommand(GuardList, ['--home', scene.dir])
  expect(stdout).toContain(
    'Everything is denied: guardrails/quiet.md: it was committed and is gone (to bring it back: git restore guardrails/quiet.md)\n',
  )
  expect(code).toBe(3)
})

test('a rule that has become prose is lost, and no advice', async () => {
  const scene = openScene({files: FILES})
  scene.write('guardrails/quiet.md', '- Be quiet.\n')
  const {stdout} = await runCommand(GuardList, ['--home', scene.dir])
  expect(stdout).toContain('Everything is denied: guardrails/quiet.md: its committed rule is gone from the file')
  expect(stdout).not.toContain('quiet.md: 1 entry')
})

test('a contract that can\u2019t be read is shown with the reason, and not as one that opens nothing', async () => {
  const scene = openScene({files: FILES})
  scene.write('workspaces/donna/SOUL.md', SOUL.replace('reads: [', 'reads: [['))
  const {stdout, code} = await runCommand(GuardList, ['donna', '--home', scene.dir])
  expect(stdout).toMatch(
    /The contract of donna\n {2}Nothing is open, because it can't be read: workspaces\/donna\/SOUL\.md:\d/,
  )
  expect(stdout).not.toContain('It opens nothing')
  expect(code).toBe(3)
  const {stdout: json} = await runCommand(GuardList, ['donna', '--home', scene.dir, '--json'])
  expect(JSON.parse(json)).toMatchObject({agent: 'donna', contract: null})
})
