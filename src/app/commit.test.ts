import {rmSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {openScene, type Scene} from '../../testing/heartbeat-scene.js'
import {presentCommitted} from '../present/commit.js'
import {type CommitRequest, commitEdits} from './commit.js'

const SOUL = 'workspaces/donna/SOUL.md'
const TOKEN = `ghp_${'a1B2'.repeat(9)}`

async function commit(scene: Scene, request: Partial<CommitRequest> = {}) {
  const whole = {paths: [], message: null, cwd: scene.dir, allowsSecrets: false, ...request}
  return commitEdits(await scene.open(), whole)
}

describe("a person's edits", () => {
  test('become one commit of theirs with what was added, changed and deleted', async () => {
    const scene = openScene()
    scene.write('workspaces/donna/USER.md', '# Ada\n')
    scene.write('workspaces/donna/HEARTBEAT.md', '## Every hour\nLook\n')
    rmSync(join(scene.dir, 'workspaces/jarvis/HEARTBEAT.md'))
    const done = await commit(scene, {message: 'Look every hour'})
    expect(done.files).toEqual([
      {path: 'workspaces/donna/HEARTBEAT.md', change: 'modified'},
      {path: 'workspaces/donna/USER.md', change: 'added'},
      {path: 'workspaces/jarvis/HEARTBEAT.md', change: 'deleted'},
    ])
    expect(scene.git('status', '--porcelain')).toBe('')
    expect(scene.git('log', '-1', '--format=%an|%s').trim()).toBe('Ada|Look every hour')
    const trailers = scene.git('log', '-1', '--format=%(trailers:only,unfold)').trim().split('\n')
    expect(trailers).toMatchObject([
      `Mcos-Turn: ${done.turn}`,
      'Mcos-Trigger: person',
      expect.stringMatching(/^Mcos-By: [a-z0-9-]+$/),
    ])
    expect(presentCommitted(done)).toContain('modified  workspaces/donna/HEARTBEAT.md')
  })

  test('are taken from the paths that are named, as seen from where one stands', async () => {
    const scene = openScene()
    scene.write('workspaces/donna/USER.md', '# Ada\n')
    scene.write('workspaces/jarvis/USER.md', '# Ada\n')
    const {files} = await commit(scene, {paths: ['USER.md'], cwd: join(scene.dir, 'workspaces/donna')})
    expect(files).toEqual([{path: 'workspaces/donna/USER.md', change: 'added'}])
    await expect(commit(scene, {paths: ['../elsewhere']})).rejects.toMatchObject({code: 'PATH_ESCAPE', exit: 2})
  })

  test('are no commit when there are none', async () => {
    const scene = openScene()
    const done = await commit(scene)
    expect(done).toEqual({turn: null, commit: null, files: []})
    expect(presentCommitted(done)).toMatch(/^Nothing to commit/)
  })
})

describe('before anything is committed', () => {
  test.each<[string, string, string]>([
    ['mcos.yaml', 'version: 1\nname: [\n', 'UNREADABLE'],
    [SOUL, '---\ncontract: 7\n---\n', 'UNREADABLE'],
    ['workspaces/gene/soul.md', '---\ncontract: 7\n---\n', 'UNREADABLE'],
    [SOUL, '---js\nthrow 1\n---\n', 'FRONTMATTER_LANGUAGE'],
    ['guardrails/p0.md', '---\nid: [\n---\nNever.\n', 'UNREADABLE'],
  ])('%s has to be readable', async (path, text, code) => {
    const scene = openScene()
    const fleet = await scene.open()
    const before = scene.countCommits()
    scene.write(path, text)
    const request = {paths: [], message: null, cwd: scene.dir, allowsSecrets: false}
    await expect(commitEdits(fleet, request)).rejects.toMatchObject({code})
    expect(scene.countCommits()).toBe(before)
    expect(scene.git('diff', '--cached', '--name-only')).toBe('')
  })

  test('rules for mail have to be readable, and are named with file and line', async () => {
    const scene = openScene()
    const rules = 'workspaces/donna/MAIL.md'
    scene.write(rules, '# Mail\n\n- from *@bank.example → urgent, tell jarvis\n')
    expect((await commit(scene)).files).toEqual([{path: rules, change: 'added'}])
    scene.write(rules, '# Mail\n\n- from *@bank.example → urgentest\n')
    await expect(commit(scene)).rejects.toMatchObject({
      code: 'UNREADABLE',
      exit: 2,
      message: expect.stringContaining(`\n  ${rules}:3: `),
    })
    scene.write('wiki/mail.md', '- from *@bank.example → urgentest\n')
    expect((await commit(scene, {paths: ['wiki']})).commit).not.toBeNull()
    scene.write('mcos.yaml', 'version: 1\nmail:\n  rules:\n    - "from a@b.example → urgent"\n    - from nobody\n')
    await expect(commit(scene, {paths: ['mcos.yaml']})).rejects.toThrow(/\n {2}mcos\.yaml:5: /)
  })

  test.each<[string, Buffer]>([
    ['plain text', Buffer.from(`one\ntoken: ${TOKEN}\n`)],
    ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`one\ntoken: ${TOKEN}\n`, 'utf16le')])],
    ['a file with a zero byte', Buffer.from(`one\0\ntoken: ${TOKEN}\n`)],
  ])('a secret in %s is found, named by its line and never repeated', async (_, bytes) => {
    const scene = openScene()
    scene.write('workspaces/donna/notes.md', bytes)
    const error = await commit(scene).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({code: 'SECRET_FOUND', exit: 3})
    expect(String(error)).toContain('workspaces/donna/notes.md:2: GitHub token')
    expect(String(error)).not.toContain(TOKEN)
    expect((await commit(scene, {allowsSecrets: true})).commit).not.toBeNull()
  })
})

test('what widens a contract counts once it is committed', async () => {
  const scene = openScene()
  const wider = scene.read(SOUL).replace('may: [message]', 'may: []')
  scene.write(SOUL, wider)
  await commit(scene)
  await scene.send('donna', 'The bank is down', {priority: 'urgent'})
  scene.write(SOUL, wider.replace('may: []', 'may: [message]'))
  await scene.beatOne('donna')
  expect(scene.list('workspaces/jarvis/inbox/new')).toEqual([])
  await commit(scene)
  await scene.send('donna', 'It is still down', {priority: 'urgent'})
  await scene.beatOne('donna')
  expect(scene.list('workspaces/jarvis/inbox/new')).toHaveLength(1)
})
