import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {expect, test} from 'vitest'
import {openToolScene} from '../../testing/tool-scene.js'
import {NO_FACTS} from '../guard/action.js'
import {mayRead} from '../guard/may.js'
import {judgeChanges, openWorkCopy} from './work-copy.js'

const OWN = 'workspaces/donna'

async function openCopy(
  files: Readonly<Record<string, string>> = {},
  options: Parameters<typeof openToolScene>[0] = {},
) {
  const scene = await openToolScene({...options, files: {[`${OWN}/notes.md`]: 'one\n', ...files}})
  const {fleet, agent, draft, law} = scene.context
  const open = () => openWorkCopy(fleet, agent, draft, {reads: (path) => mayRead(law, path)})
  const judge = (changes: Parameters<typeof judgeChanges>[0]) => judgeChanges(changes, {fleet, law, facts: NO_FACTS})
  return {...scene, open, judge}
}

test('holds the folder as the turn has it, without messages, repositories and what may not be read', async () => {
  const {open, call, scene} = await openCopy(
    {[`${OWN}/sub/run.sh`]: '#!/bin/sh\n', [`${OWN}/node_modules/x.js`]: 'x', [`${OWN}/secret/x.md`]: 'x'},
    {
      contract: {reads: [`${OWN}/*.md`, `${OWN}/sub/**`]},
      before: async (made) => {
        await made.send('donna', 'Hello')
        chmodSync(`${made.dir}/${OWN}/sub/run.sh`, 0o755)
        symlinkSync('/etc/passwd', `${made.dir}/${OWN}/link.md`)
      },
    },
  )
  await call('write', {path: `${OWN}/planned.md`, content: 'planned\n'})
  const {dir, collect, close} = open()
  expect(dir).toBe(`${scene.dir}/.mcos/work/donna`)
  expect(readdirSync(dir, {recursive: true}).sort()).toEqual([
    'HEARTBEAT.md',
    'SOUL.md',
    'notes.md',
    'planned.md',
    'sub',
    'sub/run.sh',
  ])
  expect(statSync(`${dir}/sub/run.sh`).mode & 0o111).not.toBe(0)
  expect(collect()).toEqual({changes: [], skipped: []})
  close()
  expect(existsSync(dir)).toBe(false)
})

test('tells what a program wrote, changed and removed, and lays it over the draft', async () => {
  const {open, judge, context, planned} = await openCopy({[`${OWN}/old.md`]: 'old\n', [`${OWN}/same.md`]: 'same\n'})
  const {dir, collect} = open()
  writeFileSync(`${dir}/notes.md`, 'two\n')
  writeFileSync(`${dir}/same.md`, 'same\n')
  mkdirSync(`${dir}/out`)
  writeFileSync(`${dir}/out/new.md`, 'new\n')
  rmSync(`${dir}/old.md`)
  const {changes, skipped} = collect()
  expect(skipped).toEqual([])
  expect(changes.map((change) => [change.kind, 'path' in change && change.path])).toEqual([
    ['write', `${OWN}/notes.md`],
    ['write', `${OWN}/out/new.md`],
    ['remove', `${OWN}/old.md`],
  ])
  context.draft.add(judge(changes).allowed)
  expect([planned(`${OWN}/notes.md`), planned(`${OWN}/out/new.md`), planned(`${OWN}/old.md`)]).toEqual([
    'two\n',
    'new\n',
    null,
  ])
})

test('takes neither links nor binaries nor large files, and says so', async () => {
  const {open} = await openCopy()
  const {dir, collect} = open()
  symlinkSync('/etc/passwd', `${dir}/link`)
  writeFileSync(`${dir}/binary`, Buffer.from([0, 1, 2]))
  writeFileSync(`${dir}/latin.txt`, Buffer.from([0x67, 0xfc]))
  writeFileSync(`${dir}/large.txt`, 'x'.repeat(1024 * 1024 + 1))
  rmSync(`${dir}/notes.md`)
  symlinkSync('/etc/passwd', `${dir}/notes.md`)
  expect(collect()).toEqual({
    changes: [],
    skipped: [
      {path: `${OWN}/binary`, reason: 'it is no text'},
      {path: `${OWN}/large.txt`, reason: 'it has 1048577 bytes, and 1048576 are the most'},
      {path: `${OWN}/latin.txt`, reason: 'it is no text'},
      {path: `${OWN}/link`, reason: 'it is a link'},
      {path: `${OWN}/notes.md`, reason: 'it is a link'},
    ],
  })
})

test('lets nothing into the home that a tool could not write either', async () => {
  const {open, judge} = await openCopy(
    {[`${OWN}/memory/2026-11-21.md`]: '## 08:00 note\n- Up.\n', [`${OWN}/memory/2026-11-20.md`]: '- Old.\n'},
    {env: {WIDGET_TOKEN: 'northwind-7f3a91c2d4'}},
  )
  const {dir, collect} = open()
  mkdirSync(`${dir}/inbox/new`, {recursive: true})
  for (const name of ['SOUL.md', 'AGENTS.md', 'WORKSTATE.md', 'inbox/new/x.md'])
    writeFileSync(`${dir}/${name}`, 'mine\n')
  writeFileSync(`${dir}/leak.md`, 'northwind-7f3a91c2d4\n')
  writeFileSync(`${dir}/memory/2026-11-20.md`, '- Rewritten.\n')
  writeFileSync(`${dir}/memory/2026-11-21.md`, '## 08:00 note\n- Up.\n- More.\n')
  const {allowed, refused} = judge(collect().changes)
  expect(allowed).toEqual([{kind: 'append', path: `${OWN}/memory/2026-11-21.md`, text: '- More.\n'}])
  expect(refused.map(({path}) => path.slice(OWN.length + 1)).sort()).toEqual([
    'AGENTS.md',
    'SOUL.md',
    'WORKSTATE.md',
    'inbox/new/x.md',
    'leak.md',
    'memory/2026-11-20.md',
  ])
})

test('leaves alone what a person or the turn has changed in the meantime', async () => {
  const {open, call} = await openCopy(
    {[`${OWN}/theirs.md`]: 'as committed\n'},
    {before: (scene) => scene.write(`${OWN}/theirs.md`, 'a person is at it\n')},
  )
  const {dir, collect} = open()
  writeFileSync(`${dir}/theirs.md`, 'a program, too\n')
  writeFileSync(`${dir}/notes.md`, 'a program\n')
  writeFileSync(`${dir}/new.md`, 'a program\n')
  await call('write', {path: `${OWN}/notes.md`, content: 'a tool\n'})
  await call('write', {path: `${OWN}/new.md`, content: 'a tool\n'})
  const {changes, skipped} = collect()
  expect(changes).toEqual([])
  expect(skipped.map(({path, reason}) => `${path.slice(OWN.length + 1)}: ${reason}`).sort()).toEqual([
    'new.md: something of that name is there already',
    'notes.md: the turn itself has changed it since',
    'theirs.md: it has changes that a person has not committed yet',
  ])
})

test('is fresh each time, and follows no link that an earlier program has left', async () => {
  const {open, scene} = await openCopy()
  const first = open()
  writeFileSync(`${first.dir}/junk`, 'x')
  rmSync(first.dir, {recursive: true})
  symlinkSync(`${scene.dir}/${OWN}`, first.dir)
  const second = open()
  expect(readdirSync(second.dir).sort()).toEqual(['HEARTBEAT.md', 'SOUL.md', 'notes.md'])
  expect(readFileSync(`${scene.dir}/${OWN}/notes.md`, 'utf8')).toBe('one\n')
  expect(statSync(second.dir).mode & 0o077).toBe(0)
})

test('holds no messages of another agent whose folder lies inside', async () => {
  const {open} = await openCopy(
    {'mcos.yaml': 'version: 1\nname: northwind\nagents: { donna: { path: . }, jarvis: { path: workspaces/jarvis } }\n'},
    {contract: {reads: ['**']}, before: (made) => made.send('jarvis', 'Hello')},
  )
  const {dir, close} = open()
  const found = readdirSync(dir, {recursive: true}).map(String)
  close()
  expect(found.filter((path) => path.includes('jarvis/inbox'))).toEqual([])
  expect(found).toContain('workspaces/jarvis/SOUL.md')
})
