import {rmSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {openScene, type Scene} from '../../testing/heartbeat-scene.js'
import {stateWord} from '../fleet/lifecycle.js'
import {tryLock} from '../kit/lock.js'
import {presentStatus} from '../present/status.js'
import {presentChanges} from '../present/status-changes.js'
import {alertEventOf, alertOf, formatAlert, formatAlertEvent} from '../workspace/alert-file.js'
import {approvalHash, formatAnswer, formatRequest} from '../workspace/approval-file.js'
import {formatTask, formatTaskEvent} from '../workspace/task-file.js'
import {statusOf} from './status.js'

const id = (number: number) => `01JD0000000000000000000${String(number).padStart(3, '0')}`
const AT = '2026-11-21T08:00:00Z'

async function donnaIn(scene: Scene) {
  const report = await statusOf(await scene.open())
  const [donna] = report.agents
  if (!donna) throw new Error('no donna')
  return {report, donna}
}

describe('an agent at a glance', () => {
  test('has every promised key', async () => {
    const {report, donna} = await donnaIn(openScene())
    expect(Object.keys(report)).toEqual(expect.arrayContaining(['fleet', 'host', 'at', 'stopped', 'agents', 'totals']))
    expect(Object.keys(donna)).toEqual([
      'agent',
      'role',
      'state',
      'stopped',
      'parked',
      'elsewhere',
      'warm',
      'last_beat',
      'next_due',
      'context_used',
      'window',
      'tokens_today',
      'cost_today',
      'budget_left',
      'inbox',
      'tasks_open',
      'alerts_open',
      'approvals_waiting',
      'last_commit',
      'last_line',
      'error',
    ])
    expect(donna).toMatchObject({state: 'idle', last_beat: null, last_commit: null, error: null, budget_left: null})
  })

  test('shows its last beat and commit, today or weeks ago', async () => {
    const scene = openScene()
    await scene.send('donna', 'Hello')
    expect((await donnaIn(scene)).donna.inbox).toBe(1)
    const {commit} = await scene.beatOne('donna')
    for (const days of [0, 1, 40]) {
      scene.clock.set(Date.parse('2026-11-21T09:00:00Z') + days * 86_400_000)
      expect((await donnaIn(scene)).donna).toMatchObject({
        state: 'idle',
        inbox: 0,
        last_beat: '2026-11-21T08:30:00.000Z',
        last_commit: commit,
      })
    }
  })

  test('names the next time that its calendar asks for, and now where it has come', async () => {
    const scene = openScene({
      files: {
        'workspaces/donna/HEARTBEAT.md':
          '## Mail (every heartbeat)\n`inbox`\n\n## Brief (daily 09:00)\nWhat is open?\n',
      },
    })
    await scene.beatOne('donna')
    expect((await donnaIn(scene)).donna.next_due).toBe('2026-11-21T09:00:00.000Z')
    scene.clock.set('2026-11-21T10:00:00Z')
    expect((await donnaIn(scene)).donna.next_due).toBe('2026-11-21T10:00:00.000Z')
  })

  test('says that it is stopped, busy, failed or elsewhere', async () => {
    const scene = openScene({files: {'workspaces/jarvis/SOUL.md': '---\nhost: elsewhere\n---\n# Jarvis\n'}})
    const stateNow = async () => (await statusOf(await scene.open())).agents.map((agent) => stateWord(agent))
    expect(await stateNow()).toEqual(['new', 'on elsewhere'])
    const fleet = await scene.open()
    const attempt = tryLock(fleet.mcos, 'donna', {clock: scene.clock})
    expect((await stateNow())[0]).toBe('busy')
    if ('lock' in attempt) attempt.lock.release()
    scene.write('workspaces/donna/SOUL.md', '---\ncontract: [\n---\n')
    await scene.beatOne('donna')
    expect((await donnaIn(scene)).donna).toMatchObject({error: expect.stringContaining('SOUL.md:')})
    scene.write('.mcos/STOP', '')
    expect(await donnaIn(scene)).toMatchObject({report: {stopped: true}, donna: {stopped: true}})
  })

  test('keeps its failure when the beat after it was skipped', async () => {
    const scene = openScene()
    const good = scene.read('workspaces/donna/SOUL.md')
    scene.write('workspaces/donna/SOUL.md', '---\ncontract: [\n---\n')
    await scene.beatOne('donna')
    scene.write('.mcos/STOP', '')
    await scene.beatOne('donna')
    rmSync(join(scene.dir, '.mcos/STOP'))
    scene.write('workspaces/donna/SOUL.md', good)
    expect(stateWord((await donnaIn(scene)).donna)).toBe('failed')
    await scene.beatOne('donna')
    expect(stateWord((await donnaIn(scene)).donna)).toBe('warm')
  })

  test('loses no day over one line that cannot be read', async () => {
    const scene = openScene()
    await scene.beatOne('donna')
    const path = '.mcos/runs/2026-11-21.jsonl'
    scene.write(path, `not json\n${scene.read(path)}{"torn`)
    rmSync(join(scene.dir, '.mcos/beats'), {recursive: true})
    expect((await donnaIn(scene)).donna.last_beat).toBe('2026-11-21T08:30:00.000Z')
  })

  test('sums up tokens and dollars of its day in the zone of the fleet, against its budget', async () => {
    const scene = openScene({
      files: {
        'mcos.yaml': 'version: 1\nname: northwind\ntimezone: Asia/Tokyo\nbudgets: { agent: { usd_per_day: 3 } }\n',
      },
    })
    await scene.beatOne('donna')
    const path = '.mcos/runs/2026-11-21.jsonl'
    const receipt = JSON.parse(scene.read(path).split('\n')[0] ?? '')
    const spent = (ended: string, cost_usd: number) =>
      `${JSON.stringify({...receipt, ended, cost_usd, tokens: {input: 1, output: 2, cache_read: 3, cache_write: 4}})}\n`
    scene.write(
      '.mcos/runs/2026-11-20.jsonl',
      spent('2026-11-20T14:59:00Z', 2) + spent('2026-11-20T15:00:00Z', 0.1) + spent('2026-11-20T15:01:00Z', 0.2),
    )
    const {donna, report} = await donnaIn(scene)
    // Dollars, and not what adding fractions leaves behind.
    expect(donna).toMatchObject({tokens_today: 20, cost_today: 0.3, budget_left: 2.7})
    expect(report.totals).toMatchObject({tokens_today: 20, cost_today: 0.3})
  })
})

describe('what is open', () => {
  test('tasks count for whoever works on them, or asked for them, until they are over', async () => {
    const scene = openScene()
    const task = (number: number, createdBy: string) => {
      const what = {id: id(number), title: 'Mend it', createdBy, at: AT, priority: 'normal' as const}
      const rest = {dependsOn: [], domain: null, verify: null, body: '', unknown: []}
      scene.write(`tasks/${id(number)}-mend-it/task.md`, formatTask({...what, ...rest}))
    }
    const event = (number: number, said: {id: number; kind: 'approve' | 'claim' | 'cancel'; by: string}) => {
      const lease = said.kind === 'claim' ? {holder: said.by, until: '2026-11-21T20:00:00Z', fence: 1} : null
      const whole = {...said, id: id(said.id), at: AT, lease, pass: null, why: null}
      scene.write(`tasks/${id(number)}-mend-it/events/${whole.id}.md`, formatTaskEvent(whole))
    }
    task(1, 'jarvis')
    task(2, 'jarvis')
    event(2, {id: 21, kind: 'approve', by: 'ada'})
    event(2, {id: 22, kind: 'claim', by: 'donna'})
    task(3, 'donna')
    event(3, {id: 31, kind: 'cancel', by: 'ada'})
    scene.write(`tasks/${id(4)}-broken/task.md`, 'no task')
    scene.write('tasks/notes.md', 'of another tool')
    const {agents, totals} = await statusOf(await scene.open())
    expect(agents.map(({agent, tasks_open}) => [agent, tasks_open])).toEqual([
      ['donna', 1],
      ['jarvis', 1],
    ])
    expect(totals.tasks_open).toBe(2)
  })

  test('alerts count for who raised them, until somebody who may has dismissed them', async () => {
    const scene = openScene({
      files: {'mcos.yaml': 'version: 1\nname: northwind\npeople: { ada: { approves: [all] } }\n'},
    })
    for (const number of [1, 2, 3]) {
      const alert = {id: id(number), at: AT, by: 'donna', title: 'Odd', level: 'P2' as const}
      scene.write(`alerts/${id(number)}-odd/alert.md`, formatAlert(alertOf(alert)))
    }
    const dismiss = (number: number, by: string) => {
      const event = alertEventOf({id: id(number + 50), at: AT, by, kind: 'dismiss', why: 'A drill'})
      scene.write(`alerts/${id(number)}-odd/events/${event.id}.md`, formatAlertEvent(event))
    }
    dismiss(1, 'ada')
    dismiss(2, 'jarvis')
    expect((await donnaIn(scene)).donna.alerts_open).toBe(2)
  })

  test('an alert that a person raised counts for the fleet, as it is no agent’s, until it is over', async () => {
    const scene = openScene({
      files: {'mcos.yaml': 'version: 1\nname: northwind\npeople: { ada: { approves: [all] }, bo: {} }\n'},
    })
    const alert = {id: id(1), at: AT, by: 'ada', title: 'Checkout is down', level: 'P1' as const}
    scene.write(`alerts/${id(1)}-checkout/alert.md`, formatAlert(alertOf(alert)))
    const before = (await donnaIn(scene)).report
    expect(before.agents.map(({alerts_open}) => alerts_open)).toEqual([0, 0])
    expect(before.totals.alerts_open).toBe(1)
    expect(presentStatus(before)).toContain('2 agents, 0 unread, 1 alert open, ')
    const event = alertEventOf({id: id(51), at: AT, by: 'bo', kind: 'dismiss', why: 'A drill'})
    scene.write(`alerts/${id(1)}-checkout/events/${event.id}.md`, formatAlertEvent(event))
    const after = (await donnaIn(scene)).report
    expect(after.totals.alerts_open).toBe(0)
    expect(presentChanges(before, after)).toEqual(['08:30 the fleet: 0 alerts open'])
  })

  test('approvals count while nobody has answered and their time has not passed', async () => {
    const scene = openScene()
    const ask = (number: number, expires: string) => {
      const what = {verb: 'http.post', target: 'https://x.example', args: {}, contract: `sha256:${'0'.repeat(64)}`}
      const request = {
        id: id(number),
        at: AT,
        agent: 'donna',
        turn: `t_${id(number)}`,
        ...what,
        hash: approvalHash(what),
      }
      scene.write(
        `approvals/${id(number)}/request.md`,
        formatRequest({...request, expires, body: 'Post it', unknown: []}),
      )
      return request.hash
    }
    ask(1, '2026-11-22T08:00:00Z')
    ask(2, '2026-11-21T08:10:00Z')
    const hash = ask(3, '2026-11-22T08:00:00Z')
    const answer = {by: 'ada', via: 'terminal', at: AT, answer: 'no' as const, hash, why: null, sig: null}
    scene.write(`approvals/${id(3)}/answer.md`, formatAnswer(answer))
    expect((await donnaIn(scene)).donna.approvals_waiting).toBe(1)
  })
})

test('a fleet whose agents run programs without a sandbox says that nothing is enforced here', async () => {
  const soul = '---\ncontract:\n  commands: ["npm test"]\n  unsandboxed: true\n---\n# Donna\n'
  const {report} = await donnaIn(openScene({files: {'workspaces/donna/SOUL.md': soul}}))
  expect(report.unenforced).toEqual(['donna'])
})

test('on a machine without a sandbox, nothing is enforced for whoever has programs at all', async () => {
  const soul = '---\ncontract:\n  commands: ["npm test"]\n---\n# Donna\n'
  const fleet = await openScene({files: {'workspaces/donna/SOUL.md': soul}}).open()
  expect((await statusOf(fleet, () => false)).unenforced).toEqual(['donna'])
  expect((await statusOf(fleet, () => true)).unenforced).toEqual([])
})

test('a fleet without a repository is shown all the same', async () => {
  const scene = openScene()
  rmSync(join(scene.dir, '.git'), {recursive: true})
  expect((await donnaIn(scene)).donna.last_commit).toBeNull()
})
