import {symlinkSync} from 'node:fs'
import {expect, test} from 'vitest'
import {openScene} from '../../../testing/heartbeat-scene.js'
import {presentSecretsScan} from '../../present/secrets.js'
import {scanForCommit} from './gate.js'
import {scanSecrets} from './scan.js'

/** Put together at run time, so that no scanner takes this file for a leak. */
const TOKEN = `ghp_${'a1B2'.repeat(9)}`
const OWN = 'Tq7-vX2m/K9pLw4zRb8n'

function scan(scene: ReturnType<typeof openScene>, wish: {paths?: string[]; history?: boolean} = {}) {
  return scene.open().then((fleet) => scanSecrets(fleet, {paths: [], cwd: scene.dir, history: false, ...wish}))
}

test('the whole home is looked through, tracked or not, without what is git’s and mcos’s own', async () => {
  const scene = openScene({env: {DONNA_KEY: OWN}})
  scene.write('workspaces/donna/a.md', `one\ntwo ${TOKEN}\n`)
  scene.write('workspaces/donna/.env', `X=${Buffer.from(OWN).toString('base64')}\n`)
  scene.write('workspaces/donna/b.sqlite', Buffer.from(`\0\0binary ${OWN}\0`))
  scene.write('.mcos/cache-of-mine', OWN)
  scene.write('node/.git/config', OWN)
  symlinkSync('/etc/hostname', `${scene.dir}/workspaces/donna/link.md`)
  const report = await scan(scene)
  expect(report.findings).toEqual([
    {file: 'workspaces/donna/.env', line: 1, kind: 'env:DONNA_KEY', own: true},
    {file: 'workspaces/donna/a.md', line: 2, kind: 'GitHub token', own: false},
    {file: 'workspaces/donna/b.sqlite', line: 1, kind: 'env:DONNA_KEY', own: true},
  ])
  expect(report.bounded).toEqual([{file: 'workspaces/donna/b.sqlite', why: 'binary'}])
  const told = JSON.stringify(report) + presentSecretsScan(report)
  for (const secret of [TOKEN, OWN]) expect(told).not.toContain(secret)
  expect((await scan(scene, {paths: ['workspaces/jarvis']})).findings).toEqual([])
  await expect(scan(scene, {paths: ['/etc']})).rejects.toMatchObject({code: 'PATH_ESCAPE'})
  await expect(scan(scene, {paths: ['workspaces/donna/no/such.md']})).rejects.toMatchObject({
    message: 'workspaces/donna/no/such.md is not there.',
    suggestions: [`ls ${scene.dir}/workspaces/donna`, 'mcos secrets scan   # the whole home'],
  })
})

test('the history is looked through on every branch, and the commit is named that brought it in', async () => {
  const scene = openScene({env: {DONNA_KEY: OWN}})
  scene.write('workspaces/donna/a.md', `token ${TOKEN}\n`)
  scene.commitAll()
  const first = scene.git('rev-parse', 'HEAD').trim()
  scene.write('workspaces/donna/a.md', 'nothing\n')
  scene.commitAll()
  scene.git('checkout', '-q', '-b', 'side')
  scene.write('workspaces/donna/odd name\u00e9.md', `${[...OWN].join(' ')}\n`)
  scene.commitAll()
  const side = scene.git('rev-parse', 'HEAD').trim()
  scene.git('checkout', '-q', 'main')
  expect((await scan(scene)).findings).toEqual([])
  const {findings} = await scan(scene, {history: true})
  expect(findings).toEqual([
    {file: 'workspaces/donna/a.md', line: 1, kind: 'GitHub token', own: false, commit: first},
    {file: 'workspaces/donna/odd name\u00e9.md', line: 1, kind: 'env:DONNA_KEY', own: true, commit: side},
  ])
})

test('what a person or a hook is about to commit goes through the same search', async () => {
  const scene = openScene({env: {DONNA_KEY: OWN}})
  const found = await scanForCommit(await scene.open(), [
    {path: 'a.md', content: Buffer.from(`x\n'${OWN.slice(0, 9)}' + '${OWN.slice(9)}'\n`)},
    {path: 'b.md', content: Buffer.from('nothing\n')},
    {path: 'gone.md', content: null},
  ])
  expect(found).toEqual([{file: 'a.md', line: 2, kind: 'env:DONNA_KEY', own: true}])
})
