import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {cleanEnv} from '../../testing/built-mcos.js'
import {codeOf} from '../../testing/code-of.js'
import {openScene} from '../../testing/heartbeat-scene.js'
import {tempFolder} from '../../testing/temp-folder.js'
import {openFleet} from './fleet.js'
import {listHistory, showOneTurn, undo} from './history.js'
import {initFleet} from './init.js'

test('turn 1 of 30 can be taken back, and then all the others at once, although all wrote the same log', async () => {
  const scene = openScene()
  for (let night = 0; night < 30; night++) {
    await scene.send('donna', `Note ${night}`)
    scene.clock.advance(60_000)
    await scene.beatOne('donna')
  }
  const fleet = await openFleet({cwd: scene.dir, env: process.env, clock: scene.clock})
  const turns = listHistory(fleet, {agent: 'donna', limit: 100}).turns.filter(({trigger}) => trigger === 'heartbeat')
  expect(turns).toHaveLength(30)
  const first = turns.at(-1)?.turn ?? ''
  expect(undo(fleet, {turns: [first], dryRun: false}).undone).toHaveLength(1)
  expect(scene.list('workspaces/donna/inbox/new')).toHaveLength(1)
  const before = scene.countCommits()
  const rest = undo(fleet, {agent: 'donna', since: 0, dryRun: false})
  expect(rest.undone).toHaveLength(29)
  expect(scene.countCommits()).toBe(before + 1)
  expect(scene.list('workspaces/donna/inbox/new')).toHaveLength(30)
  const log = scene.read('workspaces/donna/memory/2026-11-21.md')
  expect(log.match(/^## /gm)).toHaveLength(30)
  expect(log).toContain('undone')
  expect(scene.git('status', '--porcelain')).toBe('')
})

test('an undo lists the page and the recovery that no file can take back', async () => {
  const scene = openScene({
    files: {
      'mcos.yaml':
        'version: 1\nname: northwind\nchannels:\n  founders: { kind: command, command: ["true"] }\npage: { to: founders, when: [outage] }\n',
      'workspaces/donna/HEARTBEAT.md': '## Every heartbeat\n- `http http://127.0.0.1:9`, `recover: true`\n',
    },
  })
  scene.trust('donna', [{kind: 'recover', text: 'true'}])
  const {turn} = await scene.beatOne('donna')
  const fleet = await openFleet({cwd: scene.dir, env: process.env, clock: scene.clock})
  const {not_undone} = undo(fleet, {turns: [turn], dryRun: false})
  expect(not_undone).toEqual([
    {turn, what: expect.stringMatching(/^`true` done/), why: 'a program has run'},
    {turn, what: 'paged founders', why: 'a person has been told'},
  ])
  expect((await showOneTurn(fleet, turn)).undone_by).not.toBeNull()
})

test('a turn is also meant by its commit, as mcos status shows it', async () => {
  const scene = openScene()
  await scene.send('donna', 'Hello')
  const {turn, commit} = await scene.beatOne('donna')
  const typed = commit?.slice(0, 10) ?? ''
  const fleet = await openFleet({cwd: scene.dir, env: process.env, clock: scene.clock})
  expect((await showOneTurn(fleet, typed.toUpperCase())).turn).toBe(turn)
  expect(undo(fleet, {turns: [typed], dryRun: true}).undone).toMatchObject([{turn, commit}])
  const byHand = scene.git('commit-tree', 'HEAD^{tree}', '-m', 'By hand').trim()
  for (const none of [byHand, 'abcdef0', typed.slice(0, 6)]) {
    await expect(showOneTurn(fleet, none)).rejects.toMatchObject({code: 'NOT_FOUND'})
  }
})

test('a folder whose last file was taken back goes with it', async () => {
  const scene = openScene()
  await scene.send('donna', 'Hello')
  const fleet = await openFleet({cwd: scene.dir, env: process.env, clock: scene.clock})
  const [sent] = listHistory(fleet, {agent: null, limit: 1}).turns
  undo(fleet, {turns: [sent?.turn ?? ''], dryRun: false})
  expect(existsSync(join(scene.dir, 'workspaces/donna/inbox'))).toBe(false)
})

test('the turn that began the fleet stays, since without mcos.yaml nothing could be undone again', async () => {
  const dir = tempFolder()
  await initFleet({dir, template: 'solo'}, {cwd: dir, env: cleanEnv(dir)})
  const fleet = await openFleet({cwd: dir, env: cleanEnv(dir)})
  const [began] = listHistory(fleet, {agent: null, limit: 1}).turns
  const request = {turns: [began?.turn ?? ''], dryRun: true}
  expect(codeOf(() => undo(fleet, request))).toBe('BEGAN_THE_FLEET')
  expect(codeOf(() => undo(fleet, {...request, dryRun: false}))).toBe('BEGAN_THE_FLEET')
  expect(existsSync(join(dir, 'mcos.yaml'))).toBe(true)
})
