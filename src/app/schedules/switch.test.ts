import {readFileSync, unlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {openScene} from '../../../testing/heartbeat-scene.js'
import {type ScheduleMachine, scheduleMachine} from '../../../testing/schedule-machine.js'
import type {Fleet} from '../../workspace/fleet.js'
import {applyPlan} from './apply.js'
import {planInstall, type ScheduleWish} from './plan.js'
import {planRemove} from './plan-remove.js'
import type {ScheduleSite} from './site.js'

const WISH = {kind: 'systemd', scope: 'user', agent: null, everyMs: 30 * 60_000} as const

test('a timer that is enabled and that systemd has not read yet, or does not run, is switched on by the next install', async () => {
  const {fleet, machine} = await installed(WISH)
  machine.enable(join(machine.dir, '.config/systemd/user/mcos-northwind.timer'))
  const afterwards = async (told: string) =>
    (await planInstall(fleet, WISH, answering(machine, 'show', {stdout: told}))).after.map((words) => words.at(-2))
  const fine = 'NeedDaemonReload=no\nActiveState=inactive\n\nNeedDaemonReload=no\nActiveState=active\n'
  expect(await afterwards(fine)).toEqual([])
  expect(await afterwards('')).toEqual([])
  expect(await afterwards(fine.replace('=no', '=yes'))).toContain('restart')
  expect(await afterwards(fine.replace('=active', '=inactive'))).toContain('restart')
})

test('launchd is told of a file that it does not know yet, and nothing twice', async () => {
  const wish = {...WISH, kind: 'launchd'} as const
  const {fleet, machine} = await installed(wish)
  const unknown = answering(machine, 'print', {code: 113})
  expect((await planInstall(fleet, wish, unknown)).after.map((words) => words[1])).toEqual(['bootstrap'])
  expect((await planInstall(fleet, wish, machine.site)).after).toEqual([])
  const all = {kinds: ['launchd'] as const, agent: null}
  expect((await planRemove(fleet, all, unknown)).before).toEqual([])
  expect((await planRemove(fleet, all, machine.site)).before).toHaveLength(1)
})

test('to a unit of the machine only those repositories are open that a person has committed', async () => {
  const scene = openScene({
    files: {
      'workspaces/donna/SOUL.md': '---\ncontract:\n  repos: [/srv/app, /srv/site]\n---\n# Donna\n',
    },
  })
  const soul = join(scene.dir, 'workspaces/donna/SOUL.md')
  writeFileSync(soul, readFileSync(soul, 'utf8').replace('/srv/site]', '/etc]'))
  expect(await writable(await scene.open())).toEqual(['/srv/app'])
  writeFileSync(soul, '---\ncontract: [\n---\n')
  expect(await writable(await scene.open())).toEqual([])
  unlinkSync(soul)
  expect(await writable(await scene.open())).toEqual([])
})

/** What stands in ReadWritePaths= besides the home. */
async function writable(fleet: Fleet): Promise<string[]> {
  const site = {...scheduleMachine(fleet).site, uid: 0}
  const {files} = await planInstall(fleet, {...WISH, scope: 'system'}, site)
  const line = /^ReadWritePaths=(.*)$/m.exec(files[0]?.after ?? '')?.[1] ?? ''
  return line.split(' ').flatMap((word) => (word.startsWith('-') ? [word.slice(1)] : []))
}

async function installed(wish: ScheduleWish): Promise<{fleet: Fleet; machine: ScheduleMachine}> {
  const fleet = await openScene().open()
  const machine = scheduleMachine(fleet)
  await applyPlan(machine.site, await planInstall(fleet, wish, machine.site), {dryRun: false})
  return {fleet, machine}
}

/** The machine, with another answer to questions with this word. */
function answering(
  {site}: ScheduleMachine,
  word: string,
  answer: {readonly code?: number; readonly stdout?: string},
): ScheduleSite {
  const run: ScheduleSite['run'] = async (argv, options) => {
    const result = await site.run(argv, options)
    return argv.includes(word) ? {...result, ...answer} : result
  }
  return {...site, run}
}
