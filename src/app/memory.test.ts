import {execFileSync} from 'node:child_process'
import {mkdirSync, symlinkSync, unlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {tempFolder} from '../../testing/temp-folder.js'
import {fixedClock} from '../kit/clock.js'
import {commitMemory} from './commit-memory.js'
import {openFleet} from './fleet.js'
import {addToMemory, showMemory} from './memory.js'

const PERSON = {kind: 'person'} as const
const FACT = {agent: 'donna', fact: 'It closes at 15:00', topic: 'Bank', confidence: 'high'} as const

async function openScene() {
  const dir = tempFolder()
  const git = (...args: string[]) => execFileSync('git', args, {cwd: dir, encoding: 'utf8'})
  mkdirSync(join(dir, 'workspaces/donna/memory'), {recursive: true})
  writeFileSync(join(dir, 'mcos.yaml'), 'version: 1\n')
  writeFileSync(join(dir, '.gitignore'), '.mcos/\n')
  writeFileSync(join(dir, 'workspaces/donna/SOUL.md'), '# donna\n')
  git('init', '-q')
  git('config', 'user.name', 'Ada')
  git('config', 'user.email', 'ada@example.com')
  git('add', '-A')
  git('commit', '-qm', 'A fleet')
  const fleet = await openFleet({
    cwd: dir,
    env: {...process.env, MCOS_HOME: undefined},
    clock: fixedClock('2026-11-21T08:30:00Z'),
  })
  return {dir, fleet, git, memory: join(dir, 'workspaces/donna/MEMORY.md')}
}

test('a fact goes beside one that another process adds in the same moment', async () => {
  const {fleet, git, memory} = await openScene()
  await addToMemory(fleet, FACT, PERSON)
  let reads = 0
  const read: typeof fleet.home.files.read = (path, options) => {
    const bytes = fleet.home.files.read(path, options)
    if (path.endsWith('MEMORY.md') && ++reads === 2) {
      writeFileSync(memory, `${bytes}- Lisbon has trams\n`)
      git('commit', '-qam', 'Another fact')
    }
    return bytes
  }
  const racing = {...fleet, home: {...fleet.home, files: {...fleet.home.files, read}}}
  const added = await addToMemory(racing, {...FACT, fact: 'The sky is blue'}, PERSON)
  expect(added.commit).toBe(git('rev-parse', 'HEAD').trim())
  expect(showMemory(fleet, 'donna').text).toMatch(/closes at 15:00.*\n- Lisbon has trams\n- The sky is blue/)
  expect(reads).toBeGreaterThan(2)
  expect(git('status', '--porcelain')).toBe('')
})

test('a fact comes with who said it and when, once, in a commit that names the agent', async () => {
  const {fleet, git} = await openScene()
  const added = await addToMemory(fleet, FACT, PERSON)
  expect(added).toMatchObject({
    added: true,
    source: expect.stringMatching(/ 2026-11-21$/),
    commit: git('rev-parse', 'HEAD').trim(),
  })
  expect(git('log', '-1', '--format=%an|%(trailers:key=Mcos-Agent,valueonly)').trim()).toBe('Ada|donna')
  expect(showMemory(fleet, 'donna').sections).toMatchObject([
    {topic: 'Bank', facts: [{text: 'It closes at 15:00', source: added.source, confidence: 'high'}]},
  ])
  expect(await addToMemory(fleet, FACT, PERSON)).toMatchObject({added: false, commit: null})
})

test("a person's own edits are never swept into the commit of a fact", async () => {
  const {fleet, memory, git} = await openScene()
  await addToMemory(fleet, FACT, PERSON)
  writeFileSync(memory, '## Bank\n- half a thou')
  await expect(addToMemory(fleet, {...FACT, fact: 'Another'}, PERSON)).rejects.toMatchObject({code: 'UNCOMMITTED'})
  expect(git('status', '--porcelain').trim()).toBe('M workspaces/donna/MEMORY.md')
})

test('an agent remembers for itself, and for nobody else', async () => {
  const {fleet, dir} = await openScene()
  mkdirSync(join(dir, 'workspaces/jarvis'))
  const jarvis = {kind: 'agent', name: 'jarvis', by: 'itself'} as const
  await expect(addToMemory(fleet, FACT, jarvis)).rejects.toMatchObject({code: 'NOT_YOURS', exit: 3})
})

test('edits by hand of the memory and the logs are committed, and nothing beside them', async () => {
  const {fleet, dir, memory, git} = await openScene()
  writeFileSync(memory, '## Bank\n- By hand\n')
  writeFileSync(join(dir, 'workspaces/donna/memory/2026-11-20.md'), '- a day\n')
  writeFileSync(join(dir, 'workspaces/donna/SOUL.md'), '# Donna\n')
  const {files, commit} = commitMemory(fleet, 'donna')
  expect(files).toEqual([
    {path: 'workspaces/donna/MEMORY.md', change: 'added'},
    {path: 'workspaces/donna/memory/2026-11-20.md', change: 'added'},
  ])
  expect(commit).toBe(git('rev-parse', 'HEAD').trim())
  expect(git('status', '--porcelain').trim()).toBe('M workspaces/donna/SOUL.md')
  expect(commitMemory(fleet, 'donna')).toMatchObject({files: [], commit: null, turn: null})
  unlinkSync(memory)
  expect(commitMemory(fleet, 'donna').files).toEqual([{path: 'workspaces/donna/MEMORY.md', change: 'deleted'}])
})

test('a secret is not committed with the rest', async () => {
  const {fleet, memory} = await openScene()
  writeFileSync(memory, `- the key is sk-ant-${'a1B2'.repeat(10)}\n`)
  expect(() => commitMemory(fleet, 'donna')).toThrow(expect.objectContaining({code: 'SECRET_FOUND', exit: 3}))
})

test('a link is not committed as if it were a memory', async () => {
  const {fleet, dir} = await openScene()
  symlinkSync('/etc/hostname', join(dir, 'workspaces/donna/memory/2026-11-20.md'))
  expect(() => commitMemory(fleet, 'donna')).toThrow(expect.objectContaining({code: 'PATH_LINK'}))
})
