import {rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {runCommand} from '../../testing/run-command.js'
import {tempFolder} from '../../testing/temp-folder.js'
import GuardTest from '../commands/guard/test.js'
import {openShipped} from '../fleet/shipped.js'
import {commitEdits} from './commit.js'
import {readNamedRules, readRuleFiles, testGuardrails} from './guard-test.js'

const RULE = `---
id: no-posting
effect: deny
verbs: [http.post]
hosts: [social.example]
lesson: Once was enough.
examples:
  deny:
    - { verb: http.post, target: social.example }
  allow:
    - { verb: http.post, target: shop.example }
---
# Nothing is posted
`

test('the shipped ones all do what they say', () => {
  const report = testGuardrails(readRuleFiles(openShipped()))
  expect(report.files.flatMap(({problems}) => problems)).toEqual([])
  expect(report).toMatchObject({ok: true, failed: 0})
  expect(report.files).toHaveLength(11)
  expect(report.examples).toBeGreaterThan(50)
})

test('an example that comes out otherwise is told with its line, and the exit code says so', async () => {
  const {dir} = openScene({
    files: {
      'guardrails/README.md': 'How we do it.\n',
      'guardrails/good.md': RULE,
      'guardrails/prose.md': 'Be kind.\n',
      'guardrails/wrong.md': RULE.replace('no-posting', 'wrong').replace('hosts: [social', 'hosts: [shop'),
    },
  })
  const {stdout, code} = await runCommand(GuardTest, ['--home', dir])
  expect(stdout).toBe(
    [
      'FAIL  guardrails/wrong.md:9: lets pass what it must hold back: http.post social.example',
      'FAIL  guardrails/wrong.md:11: holds back what it must let pass: http.post shop.example',
      '2 rules, 4 examples: 2 problems.',
      'Advice only, enforced by nobody: guardrails/prose.md',
      '',
    ].join('\n'),
  )
  expect(code).toBe(1)
})

test('--json names every file; a rule without a deny example, a broken one and a twin are problems', async () => {
  const {dir} = openScene({
    files: {
      'guardrails/a.md': RULE.replace(/ {2}deny:\n.*\n/, ''),
      'guardrails/b.md': RULE,
      'guardrails/c.md': RULE.replace('effect: deny', 'effect: maybe'),
    },
  })
  const {stdout, code} = await runCommand(GuardTest, ['--home', dir, '--json'])
  const report = JSON.parse(stdout)
  expect(Object.keys(report)).toEqual(['ok', 'files', 'examples', 'failed'])
  expect(
    report.files.map(({file, kind, problems}: {file: string; kind: string; problems: string[]}) => [
      file,
      kind,
      problems,
    ]),
  ).toEqual([
    [
      'guardrails/a.md',
      'rule',
      [
        'guardrails/a.md:3: no example under examples.deny shows what it holds back',
        'guardrails/a.md: its id no-posting is also that of guardrails/b.md',
      ],
    ],
    ['guardrails/b.md', 'rule', ['guardrails/b.md: its id no-posting is also that of guardrails/a.md']],
    ['guardrails/c.md', 'unreadable', ['guardrails/c.md:3: expected effect: ask, deny, got "maybe"']],
  ])
  expect(code).toBe(1)
})

test('a committed rule that is lost is a problem, as everything is denied', async () => {
  const scene = openScene({files: {'guardrails/a.md': RULE, 'guardrails/b.md': RULE.replace('no-', 'no-more-')}})
  scene.write('guardrails/a.md', '')
  rmSync(join(scene.dir, 'guardrails/b.md'))
  const {stdout, code} = await runCommand(GuardTest, ['--home', scene.dir])
  expect(stdout).toBe(
    [
      'FAIL  guardrails/a.md: its committed rule is gone from the file, so everything is denied: git restore guardrails/a.md',
      'FAIL  guardrails/b.md: it was committed and is gone, so everything is denied: git restore guardrails/b.md',
      '0 rules, 0 examples: 2 problems.',
      '',
    ].join('\n'),
  )
  expect(code).toBe(1)
})

test('files can be named before they are anybody’s, and without a fleet', () => {
  const cwd = tempFolder()
  writeFileSync(join(cwd, 'mine.md'), RULE)
  expect(testGuardrails(readNamedRules(['mine.md'], cwd))).toMatchObject({ok: true, examples: 2})
  expect(() => readNamedRules(['yours.md'], cwd)).toThrow(
    expect.objectContaining({
      message: 'yours.md is not there.',
      suggestions: ['mcos guard list', `ls ${cwd}`],
    }),
  )
})

test('mcos commit takes no rule that fails its examples', async () => {
  const scene = openScene()
  const fleet = await scene.open()
  const request = {paths: [], message: null, cwd: scene.dir, allowsSecrets: false}
  scene.write('guardrails/mine.md', RULE.replace('hosts: [social', 'hosts: [shop'))
  const failure = await Promise.resolve()
    .then(() => commitEdits(fleet, request))
    .catch((error: unknown) => error)
  expect(failure).toMatchObject({code: 'GUARDRAIL_FAILS', exit: 3})
  expect(String(failure)).toContain('guardrails/mine.md:9: lets pass what it must hold back')
  scene.write('guardrails/mine.md', RULE)
  expect((await commitEdits(fleet, request)).files).toEqual([{path: 'guardrails/mine.md', change: 'added'}])
})
