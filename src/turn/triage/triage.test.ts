import {mkdirSync, rmSync, utimesSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import type {Scene} from '../../../testing/heartbeat-scene.js'
import {openMailScene} from '../../../testing/mail-scene.js'

const NOW = '2026-11-21T08:30:00Z'

interface Letter {
  readonly from?: string
  readonly subject?: string
  readonly body?: string
  readonly headers?: readonly string[]
}

let serial = 0

function deliver(
  scene: Scene,
  box: string,
  {from = 'mia@customer.example', subject = 'Hello', body = 'Hello.', headers = []}: Letter,
): string {
  const id = `${++serial}.${box}@mail.example`
  const name = `${Date.parse(NOW) / 1000}.${serial}.host`
  for (const folder of ['cur', 'new', 'tmp']) mkdirSync(join(scene.dir, box, folder), {recursive: true})
  const path = join(scene.dir, box, 'new', name)
  writeFileSync(
    path,
    [
      `From: Someone <${from}>`,
      'To: ada@northwind.example',
      `Subject: ${subject}`,
      `Message-ID: <${id}>`,
      `Date: ${new Date(scene.clock.now()).toUTCString()}`,
      ...headers,
      '',
      body,
      '',
    ].join('\r\n'),
  )
  utimesSync(path, scene.clock.now() / 1000, scene.clock.now() / 1000)
  return id
}

const URGENT: Letter = {
  from: 'botha@home.example',
  subject: 'No heating, baby in the house',
  body: 'The boiler is dead since this morning and it is 4 degrees in here. Our baby is three weeks old. Please come now.',
}

const HEARTBEAT = '# HEARTBEAT.md\n\n## Mail (every heartbeat)\n`mail` what needs us?\n'

function open(
  account = 'kind: maildir, path: Mail, agent: donna, escalate: jarvis',
  files: Record<string, string> = {},
): Scene {
  const scene = openMailScene({
    at: NOW,
    accounts: {home: account},
    files: {
      'workspaces/donna/HEARTBEAT.md': HEARTBEAT,
      'workspaces/jarvis/SOUL.md': '---\nrole: boss\n---\n# Jarvis\n',
      '.gitignore': '/Mail\n.mcos/\n',
      ...files,
    },
  })
  for (const folder of ['cur', 'new', 'tmp']) mkdirSync(join(scene.dir, 'Mail', folder), {recursive: true})
  return scene
}

const ledger = (scene: Scene): Record<string, unknown>[] =>
  scene
    .read('workspaces/donna/mail/2026-11-21.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
const mails = (scene: Scene): Record<string, unknown>[] => ledger(scene).filter(({kind}) => kind === 'mail')
const told = (scene: Scene): string[] => scene.list('workspaces/jarvis/inbox/new')

test('a beat reads new mail once, records it, tells of what is urgent, and the next beat has nothing to do', async () => {
  const scene = open()
  deliver(scene, 'Mail', {})
  deliver(scene, 'Mail', URGENT)
  const first = await scene.beatOne('donna')
  expect(first).toMatchObject({
    state: 'worked',
    engine: 'rules',
    model_calls: 0,
    checks: [{status: 'changed', news: true}],
  })
  expect(mails(scene)).toHaveLength(2)
  expect(mails(scene).map((mail) => mail['class'])).toContain('urgent')
  expect(told(scene)).toHaveLength(1)
  expect(scene.read('workspaces/donna/mail/2026-11-21.md')).toContain('No heating')
  expect(scene.git('status', '--porcelain')).toBe('')

  const commits = scene.countCommits()
  scene.clock.advance(30 * 60_000)
  const second = await scene.beatOne('donna')
  expect(second).toMatchObject({state: 'idle', commit: null, checks: [{status: 'same', news: false}]})
  expect(scene.countCommits()).toBe(commits)
})

test('a fresh machine, without cursors, triages and tells of nothing a second time', async () => {
  const scene = open()
  deliver(scene, 'Mail', URGENT)
  await scene.beatOne('donna')
  rmSync(join(scene.dir, '.mcos/mail'), {recursive: true})
  scene.clock.advance(60_000)
  deliver(scene, 'Mail', {subject: 'Another one'})
  const again = await scene.beatOne('donna')
  expect(again.state).toBe('worked')
  expect(mails(scene).map((mail) => mail['subject'])).toEqual([URGENT.subject, 'Another one'])
  expect(told(scene)).toHaveLength(1)
})

test('an account that can not be read is told once, with since when and what mends it, and the other is read', async () => {
  const scene = open(
    'kind: maildir, path: Nowhere, agent: donna\n    }\n    other: { kind: maildir, path: Mail, agent: donna, escalate: jarvis',
  )
  deliver(scene, 'Mail', {})
  const first = await scene.beatOne('donna')
  expect(first.checks[0]).toMatchObject({status: 'failed', news: true})
  expect(first.checks[0]?.detail).toMatch(/could not check home since 2026-11-21 08:30 UTC.*Nowhere/)
  expect(mails(scene)).toHaveLength(1)
  const commits = scene.countCommits()
  scene.clock.advance(60_000)
  const second = await scene.beatOne('donna')
  expect(second.checks[0]).toMatchObject({status: 'failed', news: false})
  expect(scene.countCommits()).toBe(commits)
})

const RULES =
  '# Mail\n\n- from *@customer.example → label Customers, mark read\n- from no-reply@shop.example → archive\n'

test('what the rules want is done where the contract says so, proposed where it does not, and recorded once', async () => {
  const scene = open(undefined, {'workspaces/donna/MAIL.md': RULES})
  deliver(scene, 'Mail', {})
  const first = await scene.beatOne('donna')
  expect(first.state).toBe('worked')
  expect(ledger(scene).filter(({kind}) => kind === 'action')).toMatchObject([{n: 0, wish: {kind: 'label'}}])
  scene.clock.advance(60_000)
  expect((await scene.beatOne('donna')).state).toBe('idle')
})

test('what the rules call urgent is a page, once, besides the message; both stand in the ledger', async () => {
  const scene = open()
  scene.write(
    'mcos.yaml',
    `${scene.read('mcos.yaml')}channels: { founders: { kind: command, command: [sh, -c, 'cat >> pages.txt; echo >> pages.txt'] } }\npage: { to: founders, when: [mail.urgent] }\n`,
  )
  scene.write('.gitignore', `${scene.read('.gitignore')}/pages.txt\n`)
  scene.commitAll()
  const id = deliver(scene, 'Mail', URGENT)
  await scene.beatOne('donna')
  deliver(scene, 'Mail', {...URGENT, subject: `Re: ${URGENT.subject}`, headers: [`References: <${id}>`]})
  scene.clock.advance(60_000)
  await scene.beatOne('donna')
  expect(mails(scene)).toHaveLength(2)
  expect(scene.read('pages.txt').match(/Urgent mail from/g)).toHaveLength(1)
  expect(told(scene)).toHaveLength(1)
  expect(
    ledger(scene)
      .filter(({kind}) => kind === 'escalated')
      .map(({to}) => to),
  ).toEqual(['jarvis', 'founders'])
})
