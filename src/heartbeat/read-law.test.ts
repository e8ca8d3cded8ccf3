import {rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, onTestFinished, test, vi} from 'vitest'
import {openScene, type Scene} from '../../testing/heartbeat-scene.js'
import {NO_FACTS} from '../guard/action.js'
import {decide} from '../guard/decide.js'
import {type AgentEntry, findAgent, listAgents} from '../workspace/agents.js'
import {readCommittedLaw} from './committed-law.js'
import {readContract} from './read-contract.js'
import {readLaw, readLawAnyhow} from './read-law.js'

const RULE = 'guardrails/no-secrets-folder.md'
const rule = (effect: string) => `---
id: no-secrets-folder
effect: ${effect}
verbs: [write]
paths: ['workspaces/*/hoard/**']
lesson: It was found by everybody.
---
# Nothing is hoarded
`
const HOARD = {verb: 'write', target: 'workspaces/donna/hoard/a.md'}
const NOTE = {verb: 'write', target: 'workspaces/donna/a.md'}

async function ask(scene: Scene, action: {verb: string; target: string}) {
  const fleet = await scene.open()
  const agent = findAgent(fleet.home, 'donna')
  return decide(await readLawAnyhow(fleet, agent, readCommittedLaw(fleet, [agent])), action, NO_FACTS)
}

const SOUL = 'workspaces/donna/SOUL.md'
const OWN = '---\ncontract:\n  writes: [workspaces/donna/**]\n---\n# Donna\n'

const openRuled = () => openScene({files: {[SOUL]: OWN, [RULE]: rule('deny')}})

test('the law is read once for the agents of one moment, and anew for those who begin later', async () => {
  const scene = openRuled()
  const fleet = await scene.open()
  const agents = listAgents(fleet.home)
  const committed = readCommittedLaw(fleet, agents)
  const files = {...fleet.home.files, list: vi.fn(fleet.home.files.list)}
  const watched = {...fleet, home: {...fleet.home, files}}
  const contracts = await Promise.all(agents.map((agent) => readContract(fleet, agent, committed)))
  const readAll = async () => {
    const laws = await Promise.all(
      contracts.map(({contract, text}, place) =>
        readLaw(watched, agents[place] as AgentEntry, {contract, text, committed}),
      ),
    )
    return laws.map(({agent, rules, others}) => [agent.name, rules.length, ...others.map(({path}) => path)])
  }
  // However long this machine takes for them, they are of one moment.
  vi.useFakeTimers({toFake: ['hrtime']})
  onTestFinished(() => void vi.useRealTimers())
  expect(await readAll()).toEqual([
    ['donna', 1, 'workspaces/jarvis'],
    ['jarvis', 1, 'workspaces/donna'],
  ])
  expect(files.list.mock.calls).toEqual([['guardrails'], ['workspaces']])
  scene.write('guardrails/second.md', rule('deny').replace('no-secrets-folder', 'second'))
  vi.advanceTimersByTime(300)
  expect((await readAll()).map(([, rules]) => rules)).toEqual([2, 2])
})

describe('a guardrail', () => {
  test('holds whatever the contract says, and the answer names its file and line', async () => {
    const scene = openRuled()
    expect(await ask(scene, HOARD)).toMatchObject({
      effect: 'deny',
      rule: 'guardrail no-secrets-folder',
      file: RULE,
      line: 3,
    })
    expect((await ask(scene, NOTE)).effect).toBe('allow')
  })

  test('that nobody has committed yet holds at once', async () => {
    const scene = openScene({files: {[SOUL]: OWN}})
    scene.write(RULE, rule('ask'))
    expect((await ask(scene, HOARD)).effect).toBe('ask')
  })

  test('that the disk makes laxer stays as it was committed until it is committed', async () => {
    const scene = openRuled()
    scene.write(RULE, rule('ask'))
    expect((await ask(scene, HOARD)).effect).toBe('deny')
    scene.commitAll()
    expect((await ask(scene, HOARD)).effect).toBe('ask')
  })

  test.each<[string, (path: string) => void]>([
    ['deleted', (path) => rmSync(path)],
    ['emptied', (path) => writeFileSync(path, '')],
    ['cut off', (path) => writeFileSync(path, rule('deny').slice(0, 40))],
    ['garbled', (path) => writeFileSync(path, rule('deny').replace('effect: deny', 'effect: maybe'))],
    ['made plain prose', (path) => writeFileSync(path, '# Nothing is hoarded\n')],
    ['of zeros', (path) => writeFileSync(path, Buffer.alloc(200))],
  ])('that was committed and is %s means no to everything, and says what brings it back', async (_, damage) => {
    const scene = openRuled()
    damage(join(scene.dir, RULE))
    for (const action of [HOARD, NOTE]) {
      const verdict = await ask(scene, action)
      expect([verdict.effect, verdict.reason.includes(`git restore ${RULE}`)]).toEqual(['deny', true])
    }
  })

  test('that was committed as broken as it is can only be edited', async () => {
    const scene = openScene({files: {[SOUL]: OWN, [RULE]: rule('maybe')}})
    expect((await ask(scene, NOTE)).reason).toMatch(/^guardrails\/no-secrets-folder\.md:3: expected effect/)
    expect((await ask(scene, NOTE)).reason).not.toContain('git restore')
  })

  test.each<[string, (path: string) => void]>([
    ['deleted', (path) => rmSync(path)],
    ['emptied', (path) => writeFileSync(path, '')],
    ['garbled', (path) => writeFileSync(path, '---\ncontract: [\n---\n')],
  ])('the same of a contract that is %s', async (_, damage) => {
    const scene = openRuled()
    damage(join(scene.dir, SOUL))
    expect((await ask(scene, NOTE)).effect).toBe('deny')
  })

  test('is known without git while the branch stands still', async () => {
    const scene = openRuled()
    await ask(scene, NOTE)
    rmSync(join(scene.dir, '.git/objects'), {recursive: true})
    expect((await ask(scene, HOARD)).effect).toBe('deny')
  })
})
