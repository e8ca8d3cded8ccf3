import {symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {openApprovalScene} from '../../testing/approval-scene.js'
import {presentReview} from '../present/review.js'
import {alertOf, formatAlert} from '../workspace/alert-file.js'
import {review} from './review.js'
import {personHere} from './speaker.js'

const ALERT = '01K00000000000000000000001'

test('where nothing waits, the page says so', async () => {
  const scene = openApprovalScene()
  const report = await review(await scene.open())
  expect(report).toMatchObject({waiting: 0, items: []})
  expect(presentReview(report)).toBe('Nothing waits for you in northwind.')
})

test('a name that a shell would read is quoted in the command', async () => {
  const scene = openApprovalScene()
  scene.write('workspaces/donna/inbox/quarantine/a; reboot.md', 'Hello\n')
  scene.write('workspaces/donna/inbox/new/b $(id).txt', 'Hello\n')
  const {items} = await review(await scene.open())
  expect(items.flatMap(({commands}) => commands)).toEqual([
    "mcos message read 'a; reboot'",
    "less 'workspaces/donna/inbox/new/b $(id).txt'",
    "rm 'workspaces/donna/inbox/new/b $(id).txt'",
  ])
})

test('what lies in an inbox and is no message comes with what takes it away, as fsck finds nothing wrong with it', async () => {
  const scene = openApprovalScene()
  const inbox = 'workspaces/donna/inbox'
  scene.write(`${inbox}/new/notes.txt`, 'Buy milk\n')
  scene.write(`${inbox}/new/old/notes.md`, 'Buy milk\n')
  symlinkSync('/etc/hostname', join(scene.dir, inbox, 'new/link.md'))
  writeFileSync(join(scene.dir, inbox, 'held'), '')
  const {items} = await review(await scene.open())
  expect(Object.fromEntries(items.map(({what, commands}) => [what, commands]))).toEqual({
    [`${inbox}/new/notes.txt`]: [`less ${inbox}/new/notes.txt`, `rm ${inbox}/new/notes.txt`],
    [`${inbox}/new/old`]: [`ls -l ${inbox}/new/old`, `rm -r ${inbox}/new/old`],
    [`${inbox}/new/link.md`]: [`ls -l ${inbox}/new/link.md`, `rm ${inbox}/new/link.md`],
    [`${inbox}/held`]: [`ls -ld ${inbox}/held`, 'mcos doctor'],
  })
})

test('approvals, proposals, messages and alerts stand on one page with their commands', async () => {
  const scene = openApprovalScene()
  const id = await scene.raise()
  const answered = await scene.raise({target: 'workspaces/donna/b.md'})
  await scene.answer(answered, 'no')
  const proposal = await scene.raise({
    agent: 'jarvis',
    verb: 'memory.add',
    target: 'workspaces/jarvis/MEMORY.md\u001b[2J',
  })
  const message = await scene.send('donna', 'Pay me', {from: 'jarvis'})
  const [file = ''] = scene.list('workspaces/donna/inbox/new')
  scene.write(
    `workspaces/donna/inbox/new/${file}`,
    scene.read(`workspaces/donna/inbox/new/${file}`).replace('Pay', 'Trust'),
  )
  scene.write(
    `alerts/${ALERT}-smoke/alert.md`,
    formatAlert(
      alertOf({
        id: ALERT,
        at: '2026-11-21T08:00:00Z',
        by: 'donna',
        title: 'Smoke',
        level: 'P1',
        evidence: ['seen'],
        since: null,
      }),
    ),
  )
  scene.write('approvals/01K00000000000000000000002/request.md', 'broken\n')
  const report = await review(await scene.open())
  expect(report.items.map(({kind, id: which, agent}) => [kind, which, agent])).toEqual([
    ['approval', id, 'donna'],
    ['proposal', proposal, 'jarvis'],
    ['unreadable', '01K00000000000000000000002', null],
    ['message', message, 'donna'],
    ['alert', ALERT, 'donna'],
  ])
  const page = presentReview(report)
  for (const line of [
    '5 things wait for you in northwind.',
    'Approvals (1)',
    `    mcos approve yes ${id}`,
    'Proposed for memory, wiki and guardrails (1)',
    'Messages (1)',
    `    mcos message read ${message}`,
    'Alerts that ask (1)',
    '- donna: P1 Smoke',
    `    mcos alert confirm ${ALERT}`,
  ])
    expect(page).toContain(line)
  expect(page).toMatch(/\n {2}\d{4}-\d\d-\d\d \d\d:\d\d UTC/)
  expect(page).not.toContain('\u001b')
})

test('who raised an alert is not offered to confirm it, which would be refused', async () => {
  const scene = openApprovalScene()
  const by = personHere((await scene.open()).home)
  const said = {at: '2026-11-21T08:00:00Z', title: 'Smoke', level: 'P1', evidence: ['seen'], since: null} as const
  scene.write(`alerts/${ALERT}-smoke/alert.md`, formatAlert(alertOf({...said, id: ALERT, by})))
  const {items} = await review(await scene.open())
  expect(items.map(({commands}) => commands)).toEqual([
    [`mcos alert show ${ALERT}`, `mcos alert dismiss ${ALERT} --why "…"`],
  ])
})
