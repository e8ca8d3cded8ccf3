import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {openScene, type Scene} from '../../testing/heartbeat-scene.js'
import {checkIntegrity, type FsckReport} from './fsck.js'
import {openAnyway} from './open-anyway.js'

async function fsck({dir, clock}: Scene): Promise<FsckReport> {
  return checkIntegrity(await openAnyway({cwd: dir, env: {PATH: process.env['PATH'], HOME: dir}, clock}))
}

async function codes(scene: Scene): Promise<string[]> {
  return (await fsck(scene)).problems.map(({file, line, code}) => `${code} ${file}${line === null ? '' : `:${line}`}`)
}

test('a fleet that has worked is whole', async () => {
  const scene = openScene()
  await scene.send('donna', 'The printer is on fire.', {priority: 'urgent'})
  await scene.send('jarvis', 'Hello.', {from: 'donna'})
  await scene.beat()
  scene.clock.advance(60_000)
  await scene.beat()
  const {ok, files, problems} = await fsck(scene)
  expect(problems).toEqual([])
  expect(ok).toBe(true)
  expect(files).toBeGreaterThan(8)
})

test('what people and earlier tools keep in a workspace is no damage', async () => {
  const scene = openScene({
    files: {
      'workspaces/donna/memory/notes.json': '{broken',
      'workspaces/donna/memory/2026-11-20.md': '---\nnever closed\n## 08:00\n- text',
      'workspaces/donna/MEMORY.md': '```\nopen fence\n- a fact',
      'workspaces/donna/WORKSTATE.md': '## Plan\none\n## Plan\ntwo\n',
      'workspaces/donna/GUARDRAILS.md': '# Signs\r\n- Never.\r\n',
      'workspaces/donna/inbox/new/todo.md': 'remember the milk',
      'workspaces/donna/inbox/new/scan.pdf': '%PDF',
      'workspaces/jarvis/HEARTBEAT.md': '---\nno front: [matter\n---\n- look\n',
      'tasks/todo.md': '- buy milk\n',
      'guardrails/README.md': 'What this is.\n',
    },
  })
  expect(await codes(scene)).toEqual([])
})

test('a damaged contract, guardrail and task are told with file and line', async () => {
  const id = '01JD0000000000000000000000'
  const scene = openScene({
    files: {
      'workspaces/donna/SOUL.md': '---\ncontract:\n  reads: workspaces\n---\n# Donna\n',
      'guardrails/mine.md': '---\nid: mine\neffect: perhaps\nverbs: [write]\nlesson: x\n---\n',
      [`tasks/${id}-buy-milk/task.md`]: '---\nid: 1\n---\n',
    },
  })
  expect(await codes(scene)).toEqual([
    'UNREADABLE workspaces/donna/SOUL.md:3',
    'UNREADABLE guardrails/mine.md:3',
    `UNREADABLE tasks/${id}-buy-milk/task.md:2`,
  ])
})

test('a message that was changed, and one that lies in two boxes, are told', async () => {
  const scene = openScene()
  await scene.send('donna', 'Pay 100.')
  await scene.send('donna', 'Twice.')
  const folder = join(scene.dir, 'workspaces/donna/inbox')
  const [first = '', second = ''] = readdirSync(join(folder, 'new')).sort()
  writeFileSync(join(folder, 'new', first), scene.read(`workspaces/donna/inbox/new/${first}`).replace('100', '900'))
  mkdirSync(join(folder, 'done/2026-11'), {recursive: true})
  copyFileSync(join(folder, 'new', second), join(folder, 'done/2026-11', second))
  expect(await codes(scene)).toEqual([
    `MESSAGE_FORGED workspaces/donna/inbox/new/${first}`,
    `MESSAGE_TWICE workspaces/donna/inbox/done/2026-11/${second}`,
  ])
})

test("this machine's own files are told when they are torn, doubled or damaged", async () => {
  const scene = openScene()
  await scene.beat()
  const [day = ''] = scene.list('.mcos/runs')
  const runs = join(scene.dir, '.mcos/runs', day)
  const [line = ''] = scene.read(`.mcos/runs/${day}`).split('\n')
  appendFileSync(runs, `${line}\n{"half":\n${line.slice(0, 40)}`)
  writeFileSync(join(scene.dir, '.mcos/beats/donna.json'), '{}')
  writeFileSync(join(scene.dir, '.mcos/trust.json'), '[')
  mkdirSync(join(scene.dir, '.mcos/outbox/failed'), {recursive: true})
  writeFileSync(join(scene.dir, '.mcos/outbox/failed/x.json'), '{}')
  writeFileSync(join(scene.dir, 'keys/jarvis.pub'), 'gone')
  expect(await codes(scene)).toEqual([
    'KEY_BROKEN keys/jarvis.pub',
    'UNREADABLE .mcos/trust.json',
    'STATE_CORRUPT .mcos/beats/donna.json',
    `TURN_TWICE .mcos/runs/${day}:3`,
    `UNREADABLE .mcos/runs/${day}:4`,
    `RECEIPT_TORN .mcos/runs/${day}:5`,
    'UNREADABLE .mcos/outbox/failed/x.json',
  ])
})

test('what killed processes leave behind is told, and what a living one is writing is not', async () => {
  const scene = openScene()
  const old = '.mcos-tmp-999999999-1abc'
  const own = `.mcos-tmp-${process.pid}-1abc`
  for (const name of [old, own]) {
    scene.write(`workspaces/donna/memory/${name}`, 'half')
    const then = Date.now() / 1000 - 60
    utimesSync(join(scene.dir, 'workspaces/donna/memory', name), then, then)
  }
  const holder = {id: '01JD0000000000000000000000', pid: 999999999, start: '1', boot: 'x', ns: 'x', host: 'elsewhere'}
  const lock = `.mcos/locks/donna.lock/${holder.id}.json`
  scene.write(lock, JSON.stringify({...holder, since: 0, leaseMs: 60_000, fence: 1}))
  utimesSync(join(scene.dir, lock), 1, 1)
  scene.write(`.mcos/journal/${holder.id}.json`, '{}')
  expect(await codes(scene)).toEqual([
    'LOCK_LEFT .mcos/locks/donna.lock',
    `TEMP_LEFT workspaces/donna/memory/${old}`,
    'JOURNAL_LEFT .mcos/journal',
  ])
})

test('a damaged object of git is told', async () => {
  const scene = openScene()
  const blob = scene.git('rev-parse', 'HEAD:mcos.yaml').trim()
  const object = join(scene.dir, '.git/objects', blob.slice(0, 2), blob.slice(2))
  chmodSync(object, 0o644)
  writeFileSync(object, 'no object')
  expect((await fsck(scene)).problems.map(({code, file}) => `${code} ${file}`)).toContain('GIT_DAMAGED .git')
})

test('links and a missing repository are told where they are, and the rest is read all the same', async () => {
  const scene = openScene({files: {'workspaces/jarvis/SOUL.md': '---\ncontract: [\n---\n'}})
  for (const folder of ['workspaces/donna/memory', 'guardrails']) symlinkSync('/etc', join(scene.dir, folder))
  rmSync(join(scene.dir, '.git'), {recursive: true})
  expect(await codes(scene)).toEqual([
    'PATH_LINK workspaces/donna/memory',
    'UNREADABLE workspaces/jarvis/SOUL.md:3',
    'PATH_LINK guardrails',
    'NOT_A_REPOSITORY .git',
  ])
})
