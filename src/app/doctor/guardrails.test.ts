import {rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {openScene, type Scene} from '../../../testing/heartbeat-scene.js'
import {openShipped} from '../../fleet/shipped.js'
import {applyRepairs} from './apply-repairs.js'
import {GUARDRAIL_CHECKUPS} from './guardrails.js'

/** As an earlier version shipped it. */
const EARLIER = `---
id: kill-mode-control-group
effect: deny
verbs: [write]
paths: ['**/*.service']
content:                        # patterns over lines, case ignored; both hold: the first is found, the second is missing
  has: '^\\[Service\\]'
  lacks: '^KillMode=control-group\\s*$'
lesson: >-
  A unit with KillMode=process left its children running after every restart.
  For nine days an old worker answered half of the requests with old data while every check was green.
examples:
  deny:
    - { verb: write, target: deploy/app.service, content: "[Service]\\nExecStart=/usr/bin/app\\nKillMode=process\\n" }
    - { verb: write, target: app.service, content: "[Unit]\\nDescription=app\\n\\n[Service]\\nExecStart=/usr/bin/app\\n" }
  allow:
    - { verb: write, target: app.service, content: "[Service]\\nExecStart=/usr/bin/app\\nKillMode=control-group\\n" }
    - { verb: write, target: app.timer, content: "[Timer]\\nOnCalendar=hourly\\n" }
---
# Every unit file says \`KillMode=control-group\`

systemd's default is the right one, but a unit that doesn't say so inherits whatever a drop-in or a copied example says.
Write the line, so that stopping a service stops everything it started, and so that a reader can see that it does.
`
const RULE = '---\nid: quiet\neffect: ask\nverbs: [shout]\nlesson: Why.\n---\n# Quiet\n'

async function look(scene: Scene) {
  const fleet = await scene.open()
  const seen = await Promise.all(GUARDRAIL_CHECKUPS.map((checkup) => checkup.examine(fleet)))
  return {fleet, seen: seen.map((one) => one.seen), troubles: seen.flatMap(({troubles}) => troubles)}
}

test('tells how many are enforced and which are advice only', async () => {
  const {seen, troubles} = await look(
    openScene({
      files: {
        'guardrails/kind.md': '- Be kind.\n',
        'guardrails/no-auto-send.md': openShipped().readText('guardrails/no-auto-send.md') ?? '',
      },
    }),
  )
  expect(troubles).toEqual([])
  expect(seen).toEqual(['1 rule enforced; advice only: guardrails/kind.md', '1 rule tested', '2 files'])
})

test('a rule without an example is a warning, one that fails its example a failure, and one id for two is told', async () => {
  const {troubles} = await look(
    openScene({
      files: {
        'guardrails/quiet.md': RULE,
        'guardrails/wrong.md': RULE.replace('---\n#', 'examples: {deny: [{verb: sing, target: x}]}\n---\n#'),
      },
    }),
  )
  expect(troubles).toEqual([
    {
      status: 'warn',
      detail: 'guardrails/quiet.md:3: no example under examples.deny shows what it holds back',
      fix: 'mcos guard test guardrails/quiet.md',
    },
    {
      status: 'fail',
      detail: 'guardrails/wrong.md:6: lets pass what it must hold back: sing x',
      fix: 'mcos guard test guardrails/wrong.md',
    },
    {
      status: 'warn',
      detail:
        'guardrails/wrong.md and guardrails/quiet.md have one id, quiet: nobody can tell which of them has spoken',
      fix: `\${EDITOR:-vi} guardrails/wrong.md`,
    },
  ])
})

test('one that an earlier version shipped, and nobody edited, is replaced by today’s', async () => {
  const scene = openScene({files: {'guardrails/kill-mode-control-group.md': EARLIER}})
  const {fleet, troubles} = await look(scene)
  expect(troubles).toMatchObject([{status: 'fail', fix: 'mcos doctor --fix', fixable: true}])
  expect(troubles[0]?.detail).toMatch(
    /^guardrails\/kill-mode-control-group\.md:7: expected content\.has: a list of lines/,
  )
  const plan = (await GUARDRAIL_CHECKUPS[0]?.repair?.(fleet)) ?? []
  expect(plan).toHaveLength(1)
  applyRepairs(fleet, plan)
  expect((await look(scene)).troubles).toEqual([])
  expect(scene.git('status', '--porcelain')).toBe('')
})

test('an edited one of the old form is its owner’s to mend', async () => {
  const scene = openScene({files: {'guardrails/kill-mode-control-group.md': `${EARLIER}\nOur own line.\n`}})
  const {fleet, troubles} = await look(scene)
  expect(troubles).toMatchObject([{status: 'fail', fix: '${EDITOR:-vi} guardrails/kill-mode-control-group.md'}])
  expect(await GUARDRAIL_CHECKUPS[0]?.repair?.(fleet)).toEqual([])
})

test.each<[string, (path: string) => void, string]>([
  ['emptied', (path) => writeFileSync(path, ''), 'its committed rule is gone from the file'],
  ['made plain prose', (path) => writeFileSync(path, 'Be kind.\n'), 'its committed rule is gone from the file'],
  ['deleted', (path) => rmSync(path), 'it was committed and is gone'],
])('a committed rule that is %s denies everything, and git brings it back', async (_, damage, why) => {
  const scene = openScene({files: {'guardrails/quiet.md': RULE}})
  damage(join(scene.dir, 'guardrails/quiet.md'))
  const {fleet, seen, troubles} = await look(scene)
  expect(troubles).toEqual([
    {
      status: 'fail',
      detail: `guardrails/quiet.md: ${why}, so everything is denied`,
      fix: 'git restore guardrails/quiet.md',
    },
  ])
  expect(seen[0]).not.toContain('advice only')
  scene.git('restore', 'guardrails/quiet.md')
  expect((await look({...scene, open: async () => fleet})).troubles).toMatchObject([{status: 'warn'}])
})
