import {rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {openScene, type Scene} from '../../testing/heartbeat-scene.js'
import {agentPaths, findAgent} from '../workspace/agents.js'
import {readAgentView} from './agent-view.js'
import {readCommittedLaw} from './committed-law.js'

const SOUL = 'workspaces/donna/SOUL.md'
const soul = (may: string) => `---\ncontract:\n  may: [${may}]\n---\n# Donna\n`

async function mayNow(scene: Scene): Promise<readonly string[]> {
  const fleet = await scene.open()
  const agent = findAgent(fleet.home, 'donna')
  return (await readAgentView(fleet, agent, readCommittedLaw(fleet, [agent]))).contract.may
}

describe('what the last commit says of a contract', () => {
  test('what the disk widens counts only once it is committed, what it narrows at once', async () => {
    const scene = openScene({files: {[SOUL]: soul('message')}})
    scene.write(SOUL, soul('message, mail.draft'))
    expect(await mayNow(scene)).toEqual(['message'])
    scene.commitAll()
    expect(await mayNow(scene)).toEqual(['message', 'mail.draft'])
    scene.write(SOUL, soul('mail.draft'))
    expect(await mayNow(scene)).toEqual(['mail.draft'])
  })

  test('an agent that no commit knows yet may what every agent may, whatever its file claims', async () => {
    const scene = openScene()
    scene.write('workspaces/gene/SOUL.md', soul('mail.send'))
    const fleet = await scene.open()
    const gene = findAgent(fleet.home, 'gene')
    const committed = readCommittedLaw(fleet, [gene])
    expect(committed.textOf(gene)).toBeNull()
    expect((await readAgentView(fleet, gene, committed)).contract.may).not.toContain('mail.send')
  })

  test('is remembered while the branch stands still, also for agents asked one by one', async () => {
    const scene = openScene()
    const fleet = await scene.open()
    for (const name of ['donna', 'jarvis']) readCommittedLaw(fleet, [findAgent(fleet.home, name)])
    rmSync(join(scene.dir, '.git/objects'), {recursive: true})
    const both = ['donna', 'jarvis'].map((name) => findAgent(fleet.home, name))
    const committed = readCommittedLaw(fleet, both)
    const isCommitted = both.map((agent) => committed.isCommitted(agent, scene.read(agentPaths(agent).soul)))
    expect(isCommitted).toEqual([true, true])
  })

  test.each([
    '',
    'null',
    '[]',
    '{"head":',
    '{"head":"x","souls":{"donna":7}}',
    '{"head":"HEAD","souls":{},"rules":{"guardrails/a.md":"sha256:x"}}',
  ])('a cache that says %j is asked anew', async (text) => {
    const scene = openScene({files: {[SOUL]: soul('message')}})
    await mayNow(scene)
    writeFileSync(join(scene.dir, '.mcos/cache/committed.json'), text)
    expect(await mayNow(scene)).toEqual(['message'])
  })

  test('holds on through the turns that a beat commits, so that the next beat need not ask git', async () => {
    const scene = openScene({files: {[SOUL]: soul('message')}})
    await scene.send('donna', 'a word')
    expect((await scene.beatOne('donna')).state).toBe('worked')
    const {head} = JSON.parse(scene.read('.mcos/cache/committed.json'))
    expect(head).toBe(scene.git('rev-parse', 'HEAD').trim())
    const fleet = await scene.open()
    rmSync(join(scene.dir, '.git/objects'), {recursive: true})
    const donna = findAgent(fleet.home, 'donna')
    expect(readCommittedLaw(fleet, [donna]).isCommitted(donna, soul('message'))).toBe(true)
  })

  test.each([
    ['does not lie on what was known', {onto: 'f'.repeat(40), paths: ['workspaces/donna/memory/2026-11-21.md']}],
    ['lies on nobody knows what', {onto: null, paths: []}],
    ['changes a contract', {onto: 'HEAD', paths: ['workspaces/gene/SOUL.md']}],
  ])('is asked anew after a commit that %s', async (_, {onto, paths}) => {
    const scene = openScene()
    const fleet = await scene.open()
    const head = scene.git('rev-parse', 'HEAD').trim()
    const committed = readCommittedLaw(fleet, [findAgent(fleet.home, 'donna')])
    committed.follow({onto: onto === 'HEAD' ? head : onto, tip: 'a'.repeat(40), paths})
    committed.follow({onto: 'a'.repeat(40), tip: 'b'.repeat(40), paths: []})
    expect(JSON.parse(scene.read('.mcos/cache/committed.json')).head).toBe(head)
  })
})
