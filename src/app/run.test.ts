import {describe, expect, test} from 'vitest'
import {expectSoon} from '../../testing/expect-soon.js'
import {openScene} from '../../testing/heartbeat-scene.js'
import {asksFor, says} from '../../testing/model-server/behaviour.js'
import {problem} from '../../testing/model-server/problem.js'
import {openRunScene, writes} from '../../testing/run-scene.js'
import {tryLock} from '../kit/lock.js'
import {findAgent} from '../workspace/agents.js'
import {exitOf} from './run/report.js'
import {runTurn} from './run/run-turn.js'
import {takeSeat} from './run/seat.js'
import {run, taskOf} from './run.js'

const LOG = 'workspaces/donna/memory/2026-11-21.md'
const signal = new AbortController().signal

describe('a piece of work', () => {
  test('is one commit with its cost, its place in the log, and a receipt', async () => {
    const scene = await openRunScene([
      asksFor([writes('letter.md')]),
      says('The letter is written.\n\nIt waits for you.'),
    ])
    const before = scene.countCommits()
    const {report, events} = await scene.run()
    expect(report).toMatchObject({
      agent: 'donna',
      state: 'worked',
      end: 'done',
      engine: 'claude',
      model_calls: 2,
      error: null,
    })
    expect(report.text).toBe('The letter is written.\n\nIt waits for you.')
    expect(report.cost_usd).toBeGreaterThan(0)
    expect(exitOf(report)).toBe(0)
    expect(scene.countCommits()).toBe(before + 1)
    expect(scene.read('workspaces/donna/letter.md')).toBe('letter.md\n')
    expect(scene.read(LOG)).toContain('- answered: The letter is written.\n  It waits for you.\n')
    expect(scene.read(LOG)).toMatch(/- asked by [a-z-]+: Write the letter to Ms Bell\n/)
    expect(scene.git('log', '-1', '--format=%B')).toContain(`Mcos-Turn: ${report.turn}`)
    const receipt = {turn: report.turn, trigger: 'run', state: 'worked', model_calls: 2, commit: report.commit}
    expect(scene.receipts()).toMatchObject([receipt])
    expect(new Set(events.map(({kind}) => kind))).toEqual(
      new Set(['start', 'request', 'text', 'reply', 'call', 'verdict', 'result', 'end']),
    )
    expect(scene.git('status', '--porcelain')).toBe('')
    expect(scene.list('.mcos/underway')).toEqual([])
  })

  test('that only says something is a commit too, and one that says nothing leaves a receipt alone', async () => {
    const scene = await openRunScene([says('Two invoices are open.'), says('HEARTBEAT_OK')])
    const {report} = await scene.run()
    expect(report.commit).not.toBeNull()
    expect(scene.read(LOG)).toContain('- answered: Two invoices are open.')
    const before = scene.countCommits()
    const silent = await scene.run()
    expect(silent.report).toMatchObject({commit: null, commits: [], error: null, model_calls: 1})
    expect(scene.countCommits()).toBe(before)
    expect(scene.receipts()).toHaveLength(2)
  })

  test('keeps a long answer short in the log, and what looks like a token out of it', async () => {
    const lines = Array.from({length: 40}, (_, index) => `Line ${index}`)
    const scene = await openRunScene([says(`ghp_${'a1'.repeat(18)}\n${lines.join('\n')}`)])
    const {report} = await scene.run({text: `Look at ghp_${'b2'.repeat(18)}`})
    expect(report.text).toContain('Line 39')
    const log = scene.read(LOG)
    expect(log).not.toContain('Line 39')
    expect(log).toContain('more)')
    expect(log).not.toMatch(/ghp_/)
  })

  test('says what the contract refuses, and what a person has to agree to first', async () => {
    const scene = await openRunScene([
      asksFor([{tool: 'write', input: {path: 'workspaces/jarvis/x.md', text: 'x'}}]),
      says('I may not.'),
      asksFor([{tool: 'alert_raise', input: {level: 'P3', title: 'Smoke', text: 'Smoke'}}]),
      says('It waits for you.'),
    ])
    const refused = await scene.run()
    expect(refused.report.refused).toMatchObject([{tool: 'write', effect: 'deny'}])
    expect(exitOf(refused.report)).toBe(3)
    const waiting = await scene.run()
    expect(waiting.report.refused).toMatchObject([{tool: 'alert_raise', effect: 'ask'}])
    expect(exitOf(waiting.report)).toBe(4)
  })

  test('ends at its ceilings with a note, and WORKSTATE.md says how to go on', async () => {
    const scene = await openRunScene([asksFor([writes('one.md')]), asksFor([writes('two.md')])])
    const {report} = await scene.run({maxCalls: 2, text: 'Please write the five letters to Ms Bell'})
    expect(report).toMatchObject({end: 'ceiling', state: 'worked', error: {code: 'CEILING'}})
    expect(report.error?.message).toContain('2 requests')
    expect(exitOf(report)).toBe(1)
    expect(scene.read('workspaces/donna/WORKSTATE.md')).toContain('letters to Ms Bell')
    expect(scene.read('workspaces/donna/two.md')).toBe('two.md\n')
    expect(scene.git('status', '--porcelain')).toBe('')
  })

  test('asks no model where the fleet is stopped, where the agent runs elsewhere, or with no engine to ask', async () => {
    const scene = await openRunScene([])
    scene.write('.mcos/STOP', 'who: ada\n')
    await expect(scene.run()).rejects.toMatchObject({code: 'STOPPED'})
    scene.git('clean', '-fdxq', '.mcos/STOP')
    scene.write('workspaces/donna/SOUL.md', '---\nhost: mac-mini\n---\n# Donna\n')
    scene.commitAll()
    await expect(scene.run()).rejects.toMatchObject({code: 'NOT_HERE'})
    expect(scene.server.requests).toEqual([])
    const rules = openScene()
    const request = {agent: 'donna', text: 'Do it'}
    await expect(run(await rules.open(), request, {signal})).rejects.toMatchObject({code: 'NO_ENGINE'})
    await expect(run(await rules.open(), {...request, text: ' '}, {signal})).rejects.toMatchObject({code: 'USAGE'})
  })

  test('fails with what each engine said when none gives an answer, and changes nothing', async () => {
    const scene = await openRunScene(() => ({kind: 'problem', problem: problem(401)}))
    const before = scene.countCommits()
    const {report} = await scene.run()
    expect(report).toMatchObject({end: 'engines', state: 'failed', commit: null, error: {code: 'ENGINES'}})
    expect(report.error?.message).toContain('claude')
    expect(exitOf(report)).toBe(1)
    expect(scene.countCommits()).toBe(before)
    expect(scene.receipts()).toMatchObject([{state: 'failed', error: {code: 'ENGINES'}}])
  })

  test('pages once that an engine was put aside: who asks need not be who pays for it', async () => {
    const yaml =
      'channels: { ops: { kind: command, command: [tee, -a, pages.txt] } }\npage: { to: ops, when: [engines] }'
    const scene = await openRunScene(() => ({kind: 'problem', problem: problem(401)}), {yaml})
    await scene.run()
    await scene.run()
    expect(scene.list('.')).toContain('pages.txt')
    expect(scene.read('pages.txt').match(/claude is put aside/g)).toHaveLength(1)
  })

  test('asks nobody once a budget is spent, and says which', async () => {
    const scene = await openRunScene([], {yaml: 'budgets: { agent: { tokens_per_day: 10 } }'})
    const {report} = await scene.run()
    expect(report).toMatchObject({end: 'budget', error: {code: 'BUDGET', message: expect.stringContaining('agent')}})
    expect(scene.server.requests.filter(({path}) => path === '/v1/messages')).toEqual([])
  })

  test('asks the route of its kind, and ends when its time is over', async () => {
    const scene = await openRunScene([says('Drafted.')], {yaml: 'routes: { default: [rules], draft: [claude] }'})
    await expect(scene.run()).rejects.toMatchObject({code: 'NO_ENGINE'})
    expect((await scene.run({kind: 'draft'})).report).toMatchObject({end: 'done', engine: 'claude'})
    await expect(scene.run({kind: 'draft', timeout: 'soon'})).rejects.toMatchObject({code: 'USAGE', exit: 2})
    const slow = await openRunScene([asksFor([writes('a.md')]), says('unheard')])
    const listen = ({kind}: {kind: string}): void => {
      if (kind === 'result') slow.clock.advance(60_000)
    }
    const {report} = await slow.run({timeout: '30s'}, {listen})
    expect(report).toMatchObject({end: 'ceiling', error: {code: 'CEILING'}})
  })

  test('goes on in another turn when the context is full, and reports all of them as one', async () => {
    const big = 'A line of a letter that goes on and on.\n'.repeat(250)
    // The question what else to keep gets no sensible answer either.
    const scene = await openRunScene(
      (_, index) => (index < 6 ? asksFor([writes(`letter-${index}.md`, big)]) : says('All are written.')),
      {engine: ', context: 12000'},
    )
    const before = scene.countCommits()
    const {report} = await scene.run({text: 'Please write the four letters to the tenants'})
    expect(report).toMatchObject({end: 'done', text: 'All are written.', error: null})
    expect(report.turns.length).toBeGreaterThan(1)
    expect(report.commits).toHaveLength(report.turns.length)
    expect(report.turn).toBe(report.turns.at(-1))
    expect(scene.countCommits()).toBe(before + report.commits.length)
    expect(scene.receipts().map(({turn}) => turn)).toEqual(report.turns)
    expect(report.model_calls).toBe(scene.receipts().reduce((sum, {model_calls}) => sum + model_calls, 0))
    expect(scene.read(LOG).match(/asked by/g)).toHaveLength(1)
    expect(scene.git('status', '--porcelain')).toBe('')
  })

  test('ends when its time is over also in the middle of an answer', async () => {
    const stall = {afterEvents: 6, what: 'stall'} as const
    const scene = await openRunScene([says('Let me think about it', {letters: 4, accident: stall})])
    const {report} = await scene.run({timeout: '400ms', text: 'Please write the letter to Ms Bell'})
    expect(report).toMatchObject({end: 'ceiling', error: {code: 'CEILING', message: expect.stringContaining('400ms')}})
    expect(scene.read('workspaces/donna/WORKSTATE.md')).toContain('letter to Ms Bell')
    expect(report.commit).not.toBeNull()
  })

  test("leaves a person's uncommitted lines alone, and says which file is in the way", async () => {
    const scene = await openRunScene([asksFor([writes('letter.md')]), says('Done.')])
    scene.write('workspaces/donna/letter.md', 'committed\n')
    scene.commitAll()
    const listen = ({kind}: {kind: string}): void => {
      if (kind === 'result') scene.write('workspaces/donna/letter.md', 'mine\n')
    }
    const {report} = await scene.run({}, {listen})
    expect(report.commit).toBeNull()
    expect(scene.read('workspaces/donna/letter.md')).toBe('mine\n')
    expect(exitOf(report)).not.toBe(0)
  })
})

describe('an agent that is at work already', () => {
  test('is waited for with a notice, and the work begins when it is free', async () => {
    const scene = await openRunScene([says('Done.')])
    const fleet = await scene.open()
    const attempt = tryLock(fleet.mcos, 'donna', {clock: scene.clock})
    if (!('lock' in attempt)) throw new Error('held')
    const notices: string[] = []
    const notice = (text: string): void => {
      notices.push(text)
      setTimeout(() => attempt.lock.release(), 100)
    }
    expect((await scene.run({}, {notice})).report.end).toBe('done')
    expect(notices).toMatchObject([expect.stringContaining(`process ${process.pid}`)])
  })

  test('is not waited for without end, nor after Ctrl-C', async () => {
    const scene = await openRunScene([])
    const fleet = await scene.open()
    tryLock(fleet.mcos, 'donna', {clock: scene.clock})
    const task = taskOf(fleet, {agent: 'donna', text: 'Do it'})
    const seat = {...takeSeat(fleet, findAgent(fleet.home, 'donna'), {signal}), patienceMs: 200}
    await expect(runTurn(seat, task)).rejects.toMatchObject({code: 'BUSY'})
    const {report} = await runTurn({...seat, signal: AbortSignal.abort()}, task)
    expect(report).toMatchObject({end: 'interrupted', turns: [], commit: null})
  })
})

describe('an interruption', () => {
  test('in the middle of an answer ends the turn, keeps what was heard, and frees the agent', async () => {
    const end = new AbortController()
    const scene = await openRunScene([
      asksFor([writes('letter.md')]),
      says('I am going to think about it for a long time.', {
        pauseMs: 50,
        letters: 1,
        accident: {afterEvents: 6, what: 'stall'},
      }),
    ])
    const started = performance.now()
    const listen = ({kind}: {kind: string}): void => {
      if (kind === 'text') end.abort()
    }
    const {report} = await scene.run({text: 'Please write the letter to Ms Bell'}, {signal: end.signal, listen})
    expectSoon(performance.now() - started, 20_000)
    expect(report).toMatchObject({end: 'interrupted', error: {code: 'INTERRUPTED'}})
    expect(report.commit).not.toBeNull()
    expect(scene.read('workspaces/donna/letter.md')).toBe('letter.md\n')
    expect(scene.read('workspaces/donna/WORKSTATE.md')).toContain('letter to Ms Bell')
    expect(scene.git('status', '--porcelain')).toBe('')
    expect(scene.list('.mcos/locks').filter((name) => name.endsWith('.lock'))).toEqual([])
  })
})
