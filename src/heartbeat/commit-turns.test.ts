import {existsSync, readFileSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {openScene, type Scene} from '../../testing/heartbeat-scene.js'
import {type Lock, tryLock} from '../kit/lock.js'
import {agentPaths, findAgent} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {blankReport} from './blank-report.js'
import {TurnCommitter} from './commit-turns.js'
import type {PreparedTurn} from './prepare-turn.js'

function lockOf(fleet: Fleet, name: string): Lock {
  const answer = tryLock(fleet.mcos, name, {clock: fleet.clock})
  if ('lock' in answer) return answer.lock
  throw new Error(`${name} is held`)
}

/** A turn that is decided and adds one line to the agent's log. */
function turnOf(fleet: Fleet, name: string, lock: Lock, path?: string): PreparedTurn {
  const agent = findAgent(fleet.home, name)
  const id = `t_01JD00000000000000000${name
    .slice(0, 5)
    .toUpperCase()
    .replaceAll(/[ILOU]/g, 'X')
    .padEnd(5, '0')}`
  const target = path ?? agentPaths(agent).log('2026-11-21')
  return {
    lock,
    report: {...blankReport(agent, id), state: 'worked', reason: 'a line'},
    changeSet: {
      id,
      local: [],
      changes: [
        path ? {kind: 'write', path: target, content: 'ours\n'} : {kind: 'append', path: target, text: '- a line\n'},
      ],
      commit: {
        subject: `${name}: a line`,
        author: {name, email: `${name}@northwind.mcos`},
        at: fleet.clock.now(),
        trailers: [
          ['Mcos-Agent', name],
          ['Mcos-Turn', id],
        ],
      },
    },
  }
}

/** What another process does that finds a lock's lease past: the holder's staging folder goes away first. */
function takeOver(scene: Scene, lock: Lock): void {
  rmSync(lock.staging.dir, {recursive: true})
  rmSync(join(scene.dir, `.mcos/locks/${lock.name}.lock`), {recursive: true})
}

describe('turns that are committed together', () => {
  test('become one commit each, and let go of their locks', async () => {
    const scene = openScene()
    const fleet = await scene.open()
    const before = scene.countCommits()
    const committer = new TurnCommitter(fleet, () => 2)
    const turns = ['donna', 'jarvis'].map((name) => turnOf(fleet, name, lockOf(fleet, name)))
    const ended = await Promise.all(turns.map((turn) => committer.commit(turn)))
    expect(new Set(ended.map(({report}) => report.commit)).size).toBe(2)
    expect(scene.countCommits()).toBe(before + 2)
    expect(turns.some(({lock}) => lock.isHeld())).toBe(false)
  })

  test('a stop that appears after all was decided leaves that one agent\u2019s turn undone', async () => {
    const scene = openScene()
    const fleet = await scene.open()
    const before = scene.countCommits()
    const committer = new TurnCommitter(fleet, () => 2)
    const turns = ['donna', 'jarvis'].map((name) => turnOf(fleet, name, lockOf(fleet, name)))
    scene.write('.mcos/STOP.donna', '')
    const ended = await Promise.all(turns.map((turn) => committer.commit(turn)))
    expect(ended).toMatchObject([
      {hasReceipt: false, report: {state: 'skipped', reason: 'stopped', commit: null}},
      {report: {state: 'worked'}},
    ])
    expect(scene.countCommits()).toBe(before + 1)
    expect(turns.some(({lock}) => lock.isHeld())).toBe(false)
  })

  test('a frozen beat that has lost its lock leaves no trace, and the others commit', async () => {
    const scene = openScene()
    const fleet = await scene.open()
    const before = scene.countCommits()
    const committer = new TurnCommitter(fleet, () => 2)
    const lost = lockOf(fleet, 'donna')
    takeOver(scene, lost)
    const [donna, jarvis] = await Promise.all([
      committer.commit(turnOf(fleet, 'donna', lost)),
      committer.commit(turnOf(fleet, 'jarvis', lockOf(fleet, 'jarvis'))),
    ])
    expect(donna).toMatchObject({hasReceipt: false, report: {state: 'failed', commit: null, error: {code: 'FENCED'}}})
    expect(jarvis).toMatchObject({hasReceipt: true, report: {state: 'worked', error: null}})
    expect(scene.countCommits()).toBe(before + 1)
    expect(existsSync(join(scene.dir, 'workspaces/donna/memory'))).toBe(false)
    expect(scene.list('.mcos/journal')).toEqual([])
  })

  test('one that would overwrite what a person has not committed is refused by name, and the other is not', async () => {
    const scene = openScene()
    scene.write('workspaces/donna/SOUL.md', 'mine\n')
    const fleet = await scene.open()
    const committer = new TurnCommitter(fleet, () => 2)
    const [donna, jarvis] = await Promise.all([
      committer.commit(turnOf(fleet, 'donna', lockOf(fleet, 'donna'), 'workspaces/donna/SOUL.md')),
      committer.commit(turnOf(fleet, 'jarvis', lockOf(fleet, 'jarvis'))),
    ])
    expect(donna.report).toMatchObject({state: 'failed', error: {code: 'UNCOMMITTED'}})
    expect(donna.report.reason).toBe('workspaces/donna/SOUL.md: it has changes that are not committed yet.')
    expect(jarvis.report.state).toBe('worked')
    expect(readFileSync(join(scene.dir, 'workspaces/donna/SOUL.md'), 'utf8')).toBe('mine\n')
  })

  test('what breaks in a commit fails its turns, and nobody waits for ever', async () => {
    const scene = openScene()
    const fleet = await scene.open()
    const lock = lockOf(fleet, 'donna')
    rmSync(join(scene.dir, '.git'), {recursive: true})
    const {report} = await new TurnCommitter(fleet, () => 1).commit(turnOf(fleet, 'donna', lock))
    expect(report.state).toBe('failed')
    expect(lock.isHeld()).toBe(false)
  })
})
