import {describe, expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'

const HOUR = 3_600_000
const HEARTBEAT =
  '## Mail (every heartbeat)\n- `inbox`\n\n## Papers (every 2-4 hours)\n- `files notes.md`\n\n## Post (every 2-4 hours)\n- `inbox`\n'

async function afterFirstBeat() {
  const scene = openScene({
    files: {'workspaces/donna/HEARTBEAT.md': HEARTBEAT, 'workspaces/donna/notes.md': 'one\n'},
  })
  await scene.beatOne('donna')
  scene.write('workspaces/donna/notes.md', 'two\n')
  return scene
}

describe('a range of hours', () => {
  test('joins a turn that happens anyway, in the same commit, each message once', async () => {
    const scene = await afterFirstBeat()
    scene.clock.advance(2.5 * HOUR)
    expect((await scene.beatOne('donna')).state).toBe('idle')
    await scene.send('donna', 'Hello')
    const before = scene.countCommits()
    const {state, checks} = await scene.beatOne('donna')
    expect(state).toBe('worked')
    expect(scene.countCommits()).toBe(before + 1)
    expect(checks.map(({id, status, due}) => [id, status, due])).toEqual([
      ['mail', 'changed', true],
      ['papers', 'changed', false],
      ['post', 'changed', false],
    ])
    const log = scene.read('workspaces/donna/memory/2026-11-21.md')
    expect(log).toContain('changed: files notes.md')
    expect(log.match(/message /g)).toHaveLength(1)
    expect(log).not.toContain('refused')
  })

  test('does not join before its lower bound', async () => {
    const scene = await afterFirstBeat()
    scene.clock.advance(HOUR)
    await scene.send('donna', 'Hello')
    const {checks} = await scene.beatOne('donna')
    expect(checks.map(({status}) => status)).toEqual(['changed', 'not-due', 'not-due'])
  })

  test('is due by itself at its upper bound', async () => {
    const scene = await afterFirstBeat()
    scene.clock.advance(4 * HOUR)
    const {state, checks} = await scene.beatOne('donna')
    expect(state).toBe('worked')
    expect(checks.map(({due}) => due)).toEqual([true, true, true])
  })

  test('reads the inbox also where only the check that joins asks for it', async () => {
    const heartbeat = '## Papers (every heartbeat)\n- `files notes.md`\n\n## Post (every 2-4 hours)\n- `inbox`\n'
    const scene = openScene({
      files: {'workspaces/donna/HEARTBEAT.md': heartbeat, 'workspaces/donna/notes.md': 'one\n'},
    })
    await scene.beatOne('donna')
    await scene.send('donna', 'Hello')
    scene.write('workspaces/donna/notes.md', 'two\n')
    scene.clock.advance(3 * HOUR)
    expect((await scene.beatOne('donna')).state).toBe('worked')
    expect(scene.list('workspaces/donna/inbox/cur')).toHaveLength(1)
  })
})
