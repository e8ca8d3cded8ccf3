import {mkdirSync, rmSync, symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {openScene, type Scene} from '../../../testing/heartbeat-scene.js'
import {findAgent} from '../../workspace/agents.js'
import type {AuditReport} from './audit-report.js'
import {auditSession, beginAudit} from './audit-session.js'

const SOUL =
  '---\nreports_to: jarvis\ncontract:\n  reads: [workspaces/donna/**]\n  writes: [workspaces/donna/**]\n  may: [message]\n---\n# Donna\n'
const GUARDRAIL =
  '---\nid: no-units\neffect: deny\nverbs: [write]\npaths: ["**/*.service"]\nlesson: A unit file took everything down.\n---\n# No units\n'

interface AuditScene extends Scene {
  begin(): Promise<void>
  audit(): Promise<AuditReport>
  kept(report: AuditReport, path: string): string
}

function open(files: Readonly<Record<string, string>> = {}): AuditScene {
  const scene = openScene({
    files: {
      'workspaces/donna/SOUL.md': SOUL,
      'guardrails/no-units.md': GUARDRAIL,
      'workspaces/jarvis/plan.md': 'theirs\n',
      'workspaces/donna/notes.md': 'one\n',
      ...files,
    },
  })
  const opened = async () => {
    const fleet = await scene.open()
    return [fleet, findAgent(fleet.home, 'donna'), 'session-1'] as const
  }
  return {
    ...scene,
    begin: async () => beginAudit(...(await opened())),
    audit: async () => {
      scene.clock.advance(1_000)
      return auditSession(...(await opened()))
    },
    kept: (report, path) => scene.read(`.mcos/${report.taken_back.find((one) => one.path === path)?.kept}`),
  }
}

describe('after a session', () => {
  test('what the agent may write is left alone, and nobody is told', async () => {
    const scene = open()
    await scene.begin()
    scene.write('workspaces/donna/notes.md', 'two\n')
    scene.write('workspaces/donna/new.md', 'new\n')
    rmSync(join(scene.dir, 'workspaces/donna/HEARTBEAT.md'))
    scene.git('checkout', '--', 'workspaces/donna/HEARTBEAT.md')
    const before = scene.countCommits()
    expect(await scene.audit()).toEqual({
      agent: 'donna',
      session: 'session-1',
      has_baseline: true,
      looked: 2,
      taken_back: [],
      commits: [],
      alert: null,
    })
    expect([scene.read('workspaces/donna/notes.md'), scene.countCommits()]).toEqual(['two\n', before])
  })

  test('what slipped past is taken back, kept, logged and told', async () => {
    const scene = open({'workspaces/donna/PARKED.md': 'who: ada\n'})
    await scene.begin()
    scene.write('workspaces/donna/SOUL.md', SOUL.replace('[message]', '[message, deploy]'))
    scene.write('workspaces/donna/notes.md', 'two\n')
    scene.write('workspaces/donna/app.service', '[Service]\n')
    scene.write('workspaces/jarvis/plan.md', 'ours\n')
    scene.write('workspaces/jarvis/fresh.md', 'ours\n')
    scene.write('tasks/01J-x/events/01J.md', 'x\n')
    rmSync(join(scene.dir, 'guardrails/no-units.md'))
    rmSync(join(scene.dir, 'workspaces/donna/PARKED.md'))
    scene.write('workspaces/jarvis/PARKED.md', 'who: donna\n')
    const report = await scene.audit()
    expect(Object.fromEntries(report.taken_back.map(({path, trouble}) => [path, trouble]))).toEqual({
      'guardrails/no-units.md': null,
      'tasks/01J-x/events/01J.md': null,
      'workspaces/donna/PARKED.md': null,
      'workspaces/donna/SOUL.md': null,
      'workspaces/donna/app.service': null,
      'workspaces/jarvis/PARKED.md': null,
      'workspaces/jarvis/fresh.md': null,
      'workspaces/jarvis/plan.md': null,
    })
    expect(scene.git('status', '--porcelain').trim()).toBe('M workspaces/donna/notes.md')
    expect(scene.read('workspaces/donna/SOUL.md')).toBe(SOUL)
    expect(scene.read('guardrails/no-units.md')).toBe(GUARDRAIL)
    expect(scene.kept(report, 'workspaces/donna/SOUL.md')).toContain('deploy')
    expect(scene.kept(report, 'workspaces/jarvis/fresh.md')).toBe('ours\n')
    const log = scene.read('workspaces/donna/memory/2026-11-21.md')
    expect(log).toMatch(
      /taken back after session session-1: workspaces\/donna\/SOUL\.md \(the operator.*kept as \.mcos\//,
    )
    const [alert = ''] = scene.list('alerts')
    expect(scene.read(`alerts/${alert}/alert.md`)).toMatch(/level: P3[\s\S]*jarvis\/plan\.md/)
    expect((await scene.audit()).taken_back).toEqual([])
  })

  test('a person\u2019s uncommitted edits from before stay, and come back when they were written over', async () => {
    const scene = open()
    const mine = SOUL.replace('# Donna', '# Donna, who is kind')
    scene.write('workspaces/donna/SOUL.md', mine)
    scene.write('workspaces/jarvis/plan.md', 'half a thought\n')
    scene.write('workspaces/jarvis/draft.md', 'a draft\n')
    rmSync(join(scene.dir, 'workspaces/jarvis/HEARTBEAT.md'))
    await scene.begin()
    expect((await scene.audit()).taken_back).toEqual([])
    scene.write('workspaces/donna/SOUL.md', 'gone\n')
    scene.write('workspaces/jarvis/plan.md', 'ours\n')
    rmSync(join(scene.dir, 'workspaces/jarvis/draft.md'))
    scene.write('workspaces/jarvis/HEARTBEAT.md', '# Ours\n')
    const report = await scene.audit()
    expect(report.taken_back).toHaveLength(4)
    expect(scene.read('workspaces/donna/SOUL.md')).toBe(mine)
    expect(scene.read('workspaces/jarvis/plan.md')).toBe('half a thought\n')
    expect(scene.read('workspaces/jarvis/draft.md')).toBe('a draft\n')
    expect(scene.list('workspaces/jarvis')).not.toContain('HEARTBEAT.md')
  })

  test('what others have committed meanwhile is no offence, and is not taken back by it', async () => {
    const scene = open()
    scene.write('workspaces/jarvis/plan.md', 'a person\u2019s edit\n')
    await scene.begin()
    scene.git('add', 'workspaces/jarvis/plan.md')
    scene.git('commit', '-qm', 'jarvis: plan\n\nMcos-Agent: jarvis\nMcos-Turn: t_1')
    scene.write('workspaces/jarvis/fresh.md', 'by a turn of jarvis\n')
    scene.git('add', 'workspaces/jarvis/fresh.md')
    scene.git('commit', '-qm', 'jarvis: fresh\n\nMcos-Agent: jarvis\nMcos-Turn: t_2')
    expect(await scene.audit()).toMatchObject({taken_back: [], commits: []})
    scene.write('workspaces/jarvis/plan.md', 'ours\n')
    await scene.audit()
    expect(scene.read('workspaces/jarvis/plan.md')).toBe('a person\u2019s edit\n')
  })

  test('a commit that is nobody\u2019s turn is told once, by its author', async () => {
    const scene = open()
    await scene.begin()
    scene.write('workspaces/jarvis/plan.md', 'ours\n')
    scene.git('commit', '-qanm', 'Slipped past')
    const report = await scene.audit()
    expect(report.commits).toEqual([
      {commit: scene.git('rev-parse', 'HEAD~1').trim(), author: 'Ada', paths: ['workspaces/jarvis/plan.md']},
    ])
    expect(scene.read('workspaces/donna/memory/2026-11-21.md')).toMatch(/by Ada, and by no turn: \w{10} workspaces/)
    expect((await scene.audit()).commits).toEqual([])
  })

  test('links, staged files and a folder that became a link are put right', async () => {
    const scene = open()
    await scene.begin()
    rmSync(join(scene.dir, 'workspaces/jarvis'), {recursive: true})
    symlinkSync('/tmp', join(scene.dir, 'workspaces/jarvis'))
    mkdirSync(join(scene.dir, 'wiki'))
    symlinkSync('/etc/passwd', join(scene.dir, 'wiki/link.md'))
    scene.write('workspaces/donna/SOUL.md', 'staged\n')
    scene.git('add', 'workspaces/donna/SOUL.md')
    scene.write('workspaces/donna/SOUL.md', SOUL)
    const report = await scene.audit()
    expect(report.taken_back.filter(({trouble}) => trouble !== null)).toEqual([])
    expect(scene.kept(report, 'wiki/link.md')).toBe('a link to /etc/passwd\n')
    expect(scene.read('workspaces/jarvis/plan.md')).toBe('theirs\n')
    expect(scene.git('status', '--porcelain')).toBe('')
  })

  test('a name that is two lines to others is one file here; what nobody can put right is told once', async () => {
    const scene = open()
    await scene.begin()
    scene.write('workspaces/jarvis/a\nworkspaces/donna/SOUL.md', 'x\n')
    const report = await scene.audit()
    expect(report.taken_back).toMatchObject([
      {path: 'workspaces/jarvis/a\nworkspaces/donna/SOUL.md', trouble: expect.stringMatching(/control character/)},
    ])
    expect(scene.kept(report, 'workspaces/jarvis/a\nworkspaces/donna/SOUL.md')).toBe('x\n')
    expect(scene.read('workspaces/donna/SOUL.md')).toBe(SOUL)
    const commits = scene.countCommits()
    expect(await scene.audit()).toMatchObject({alert: null, taken_back: [{kept: expect.any(String)}]})
    expect(scene.countCommits()).toBe(commits)
  })

  test('without a first look nothing is taken, and the first look is made', async () => {
    const scene = open()
    scene.write('workspaces/donna/SOUL.md', 'somebody\u2019s\n')
    expect(await scene.audit()).toMatchObject({has_baseline: false, taken_back: []})
    expect(await scene.audit()).toMatchObject({has_baseline: true, taken_back: []})
    expect(scene.read('workspaces/donna/SOUL.md')).toBe('somebody\u2019s\n')
  })
})
