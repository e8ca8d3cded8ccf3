import {execFileSync, spawnSync} from 'node:child_process'
import {chmodSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, test} from 'vitest'
import {openScene, type Scene} from '../../../testing/heartbeat-scene.js'
import {tempFolder} from '../../../testing/temp-folder.js'
import {agentToken} from '../../bus/agent-token.js'
import {hookCommitMessage} from './commit-msg.js'
import {hookPreCommit} from './pre-commit.js'
import {hookPreMerge} from './pre-merge.js'
import {hookPrePush} from './pre-push.js'
import type {HookCall, HookWord} from './site.js'

const SOUL = (more = '') =>
  `---\nreports_to: jarvis\ncontract:\n  reads: [workspaces/donna/**]\n  writes: [workspaces/donna/**]\n  may: [message, git.push]\n${more}---\n# Donna\n`
const PROTECTED =
  '---\nid: protected-branches\neffect: deny\nverbs: [git.push]\nrefs: [refs/heads/main]\nlesson: A push to main deployed on a Friday.\n---\n# Protected branches\n'

function open(files: Readonly<Record<string, string>> = {}): Scene {
  return openScene({
    files: {'workspaces/donna/SOUL.md': SOUL(), 'guardrails/protected-branches.md': PROTECTED, ...files},
  })
}

const PERSON = {PATH: process.env['PATH'], HOME: '/nonexistent'}
const asDonna = (scene: Scene) => ({
  ...PERSON,
  MCOS_AGENT: 'donna',
  MCOS_TOKEN: agentToken(scene.read('.mcos/keys/donna.key')),
})
const AUTHOR = {...PERSON, GIT_AUTHOR_NAME: 'donna', GIT_AUTHOR_EMAIL: 'donna@northwind.mcos'}

function call(scene: Scene, more: Partial<HookCall> = {}): HookCall {
  return {home: scene.dir, cwd: scene.dir, env: PERSON, args: [], stdin: '', ...more}
}

/** Stages files as they are given; null removes one. */
function stage(scene: Scene, files: Readonly<Record<string, string | null>>): void {
  for (const [path, text] of Object.entries(files)) {
    if (text === null) scene.git('rm', '-qf', '--', path)
    else scene.write(path, text)
    if (text !== null) scene.git('add', '-f', '--', path)
  }
}

describe('pre-commit', () => {
  test.each([
    ['its own note', {'workspaces/donna/notes.md': 'x\n'}, null],
    ['a line more in a day\u2019s log', {'workspaces/donna/memory/2026-11-20.md': '- Up.\n- More.\n'}, null],
    ['another\u2019s file', {'workspaces/jarvis/notes.md': 'x\n'}, /writes/],
    ['its own contract', {'workspaces/donna/SOUL.md': SOUL('warm: always\n')}, /operator/],
    ['its plan', {'workspaces/donna/HEARTBEAT.md': '## Every heartbeat\n'}, /operator/],
    ['its rest', {'workspaces/donna/PARKED.md': 'who: donna\n'}, /operator/],
    ['waking itself', {'workspaces/donna/PARKED.md': null}, /operator/],
    ['a guardrail taken away', {'guardrails/protected-branches.md': null}, /guardrails/],
    ['the configuration', {'mcos.yaml': 'version: 1\nname: eastwind\n'}, /operator/],
    ['the state of a task', {'tasks/01J-x/events/01J.md': 'x\n'}, /tasks/],
    ['an answer to itself', {'approvals/01J/answer.md': 'x\n'}, /approvals/],
    ['an alert\u2019s event', {'alerts/01J-x/events/01J.md': 'x\n'}, /alerts/],
    ['a key', {'keys/donna.pub': 'x\n'}, /keys/],
    ['a message of its own making', {'workspaces/donna/inbox/new/x.md': 'x\n'}, /message/],
    ['a rewritten log', {'workspaces/donna/memory/2026-11-20.md': '- Down.\n'}, /only added to/],
    ['its state of work', {'workspaces/donna/WORKSTATE.md': 'x\n'}, /the turn itself/],
    ['instructions of another tool', {'workspaces/donna/CLAUDE.md': 'x\n'}, /obey/],
    ['git\u2019s attributes', {'.gitattributes': '* filter=x\n'}, /operator/],
    ['a name with a line break', {'workspaces/donna/a\nSOUL.md': 'x\n'}, /control character/],
    ['a name with a quote and a tab', {'workspaces/donna/"a"\u00e9.md': 'x\n'}, null],
  ])('of an agent: %s', async (_, files, wanted) => {
    const scene = open({'workspaces/donna/memory/2026-11-20.md': '- Up.\n', 'workspaces/donna/PARKED.md': 'who: ada\n'})
    stage(scene, files)
    for (const env of [asDonna(scene), AUTHOR]) {
      const word = await hookPreCommit(call(scene, {env}))
      if (wanted === null) expect(word).toEqual({isRefused: false, lines: []})
      else
        expect({...word, lines: word.lines.join('\n')}).toEqual({isRefused: true, lines: expect.stringMatching(wanted)})
    }
    const byPerson = await hookPreCommit(call(scene))
    expect(byPerson.isRefused).toBe(false)
  })

  test('of an agent: a link is refused, and everything while it is stopped', async () => {
    const scene = open()
    symlinkSync('/etc/passwd', join(scene.dir, 'workspaces/donna/link.md'))
    scene.git('add', '-A')
    expect((await hookPreCommit(call(scene, {env: AUTHOR}))).lines.join()).toMatch(/link\.md: it is a link/)
    scene.git('rm', '-qf', 'workspaces/donna/link.md')
    stage(scene, {'workspaces/donna/notes.md': 'x\n'})
    scene.write('.mcos/STOP', '')
    expect((await hookPreCommit(call(scene, {env: AUTHOR}))).lines.join()).toMatch(/mcos stop/)
    expect((await hookPreCommit(call(scene))).isRefused).toBe(false)
  })

  test('a claim without its token is refused', async () => {
    const scene = open()
    for (const env of [
      {...PERSON, MCOS_AGENT: 'donna'},
      {...PERSON, MCOS_AGENT: 'donna', MCOS_TOKEN: 'sha256:x'},
      {...PERSON, MCOS_TOKEN: 'x'},
    ])
      await expect(hookPreCommit(call(scene, {env}))).rejects.toThrow()
  })

  test.each([
    [
      'a contract that can\u2019t be read',
      {'workspaces/donna/SOUL.md': '---\ncontract: [\n---\n'},
      /workspaces\/donna\/SOUL\.md:\d/,
    ],
    ['a broken mcos.yaml', {'mcos.yaml': 'version: 1\nname: [\n'}, /mcos\.yaml:\d/],
    ['a broken guardrail', {'guardrails/x.md': '---\nid: x\neffect: maybe\n---\n'}, /guardrails\/x\.md:\d/],
    ['a secret', {'wiki/page.md': 'token: ghp_\u0030123456789abcdefghijABCDEFGHIJ012345\n'}, /wiki\/page\.md:1/],
  ])('of everybody: %s is refused with its file and line', async (_, files, wanted) => {
    const scene = open()
    const before = scene.read('mcos.yaml')
    stage(scene, files)
    // What is staged counts, whatever the disk says by now.
    scene.write('mcos.yaml', before)
    const word = await hookPreCommit(call(scene))
    expect({...word, lines: word.lines.join('\n')}).toEqual({isRefused: true, lines: expect.stringMatching(wanted)})
  })

  test('looks at the index that git commits from, and at no other repository', async () => {
    const scene = open()
    stage(scene, {'workspaces/donna/SOUL.md': SOUL('warm: always\n')})
    const other = join(scene.dir, '.git/other-index')
    execFileSync('git', ['read-tree', 'HEAD'], {cwd: scene.dir, env: {...process.env, GIT_INDEX_FILE: other}})
    const env = {...AUTHOR, GIT_INDEX_FILE: '.git/other-index'}
    expect(await hookPreCommit(call(scene, {env}))).toEqual({isRefused: false, lines: []})
    const away = tempFolder()
    execFileSync('git', ['init', '-q'], {cwd: away})
    expect(await hookPreCommit(call(scene, {cwd: away, env: AUTHOR}))).toEqual({isRefused: false, lines: []})
  })
})

describe('commit-msg', () => {
  const TURN = 't_01JD0000000000000000000000'
  const say = async (scene: Scene, env: HookCall['env'], message: string): Promise<HookWord> => {
    const file = join(tempFolder(), 'MSG')
    writeFileSync(file, message)
    return hookCommitMessage(call(scene, {env, args: [file]}))
  }

  test.each([
    ['names it', `Fix\n\nMcos-Agent: donna\nMcos-Turn: ${TURN}\n`, false],
    ['says nothing', 'Fix\n', true],
    ['names another', `Fix\n\nMcos-Agent: jarvis\nMcos-Turn: ${TURN}\n`, true],
    ['names two', `Fix\n\nMcos-Agent: donna\nMcos-Agent: jarvis\nMcos-Turn: ${TURN}\n`, true],
    ['has no turn', 'Fix\n\nMcos-Agent: donna\nMcos-Turn: soon\n', true],
    ['hides it in a note', `Fix\n\n# Mcos-Agent: donna\n# Mcos-Turn: ${TURN}\n`, true],
  ])('an agent\u2019s that %s', async (_, message, isRefused) => {
    const scene = open()
    expect((await say(scene, AUTHOR, message)).isRefused).toBe(isRefused)
    expect((await say(scene, asDonna(scene), message)).isRefused).toBe(isRefused)
  })

  test('a turn is one commit', async () => {
    const scene = open()
    scene.git('commit', '-q', '--allow-empty', '-m', `One\n\nMcos-Agent: donna\nMcos-Turn: ${TURN}`)
    const again = `Two\n\nMcos-Agent: donna\nMcos-Turn: ${TURN}\n`
    expect((await say(scene, AUTHOR, again)).isRefused).toBe(false) // It may amend the last one.
    scene.git('commit', '-q', '--allow-empty', '-m', 'A person')
    expect((await say(scene, AUTHOR, again)).lines.join()).toMatch(/another commit's turn/)
  })

  test('a person\u2019s claims to be nobody\u2019s turn', async () => {
    const scene = open()
    expect((await say(scene, PERSON, 'Edit by hand\n\nSigned-off-by: Ada\n')).isRefused).toBe(false)
    expect((await say(scene, PERSON, `Edit\n\nMcos-Agent: donna\nMcos-Turn: ${TURN}\n`)).isRefused).toBe(true)
    expect((await say(scene, PERSON, `Edit\n\nMcos-Turn: ${TURN}\n`)).isRefused).toBe(true)
    const own = `Edit\n\nMcos-Turn: ${TURN}\nMcos-Trigger: person\nMcos-By: ada\n`
    expect((await say(scene, PERSON, own)).isRefused).toBe(false)
  })
})

describe('pre-merge-commit', () => {
  function merging(change: (scene: Scene) => void): {scene: Scene; env: HookCall['env']} {
    const scene = open()
    scene.git('switch', '-qc', 'side')
    change(scene)
    scene.git('switch', '-q', 'main')
    scene.git('merge', '-q', '--no-ff', '--no-commit', 'side')
    return {scene, env: PERSON}
  }

  test('tells of contracts that open wider, and lets them through', async () => {
    const wider = SOUL().replace('may: [message, git.push]', 'may: [message, git.push, mail.send]')
    const {scene, env} = merging((made) => {
      made.write('workspaces/donna/SOUL.md', wider)
      made.commitAll()
    })
    const word = await hookPreMerge(call(scene, {env}))
    expect(word).toEqual({
      isRefused: false,
      lines: ['workspaces/donna/SOUL.md: this merge lets donna do more: may mail.send'],
    })
  })

  test.each([
    ['lost', (made: Scene) => made.git('rm', '-q', 'guardrails/protected-branches.md')],
    ['emptied', (made: Scene) => made.write('guardrails/protected-branches.md', '# Only words\n')],
  ])('refuses a guardrail that is %s', async (_, change) => {
    const {scene, env} = merging((made) => {
      change(made)
      made.commitAll()
    })
    for (const hook of [hookPreMerge, hookPreCommit]) {
      const word = await hook(call(scene, {env}))
      expect(word).toEqual({
        isRefused: true,
        lines: [expect.stringMatching(/protected-branches\.md: a guardrail would be lost/)],
      })
    }
  })

  test('refuses open conflicts, and no text that only speaks of them', async () => {
    const scene = open()
    scene.git('commit', '-q', '--allow-empty', '-m', 'x')
    stage(scene, {'wiki/a.md': 'one\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> side\n', 'wiki/b.md': 'See\n=======\n'})
    const word = await hookPreMerge(call(scene))
    expect(word).toEqual({isRefused: true, lines: ['wiki/a.md:2: a conflict of the merge is still open']})
  })
})

describe('pre-push', () => {
  const NOTHING = '0'.repeat(40)
  const push = (scene: Scene, env: HookCall['env'], [local, ref, there]: readonly [string, string, string]) =>
    hookPrePush(call(scene, {env, stdin: `refs/heads/x ${local} ${ref} ${there}\n`, args: ['origin', 'url']}))

  test('an agent adds to refs that nobody protects, and rewrites and deletes none', async () => {
    const scene = open()
    const first = scene.git('rev-parse', 'HEAD').trim()
    scene.git('commit', '-q', '--allow-empty', '-m', 'x')
    const second = scene.git('rev-parse', 'HEAD').trim()
    const topic = 'refs/heads/donna/topic'
    const env = asDonna(scene)
    expect(await push(scene, env, [second, topic, first])).toEqual({isRefused: false, lines: []})
    expect((await push(scene, env, [second, topic, NOTHING])).isRefused).toBe(false)
    expect((await push(scene, env, [first, topic, second])).lines.join()).toMatch(/force push/)
    expect((await push(scene, env, [second, topic, 'a'.repeat(40)])).lines.join()).toMatch(/force push/)
    expect((await push(scene, env, [NOTHING, topic, second])).lines.join()).toMatch(/delete no branch/)
    expect((await push(scene, env, [second, 'refs/heads/main', first])).lines.join()).toMatch(/deployed on a Friday/)
    for (const [ref, there] of [
      ['refs/heads/main', first],
      [topic, second],
    ] as const)
      expect((await push(scene, PERSON, [first, ref, there])).isRefused).toBe(false)
    scene.write('.mcos/STOP.donna', '')
    expect((await push(scene, env, [second, topic, first])).lines.join()).toMatch(/mcos stop/)
  })

  test('without the word in its contract an agent pushes nowhere', async () => {
    const scene = open({'workspaces/donna/SOUL.md': SOUL().replace(', git.push', '')})
    const head = scene.git('rev-parse', 'HEAD').trim()
    expect((await push(scene, AUTHOR, [head, 'refs/heads/x', NOTHING])).isRefused).toBe(true)
  })
})

test('git itself asks them, with its own index and names for what comes in', () => {
  const scene = open()
  const hook = (name: string, file: string, fn: string) => {
    const at = JSON.stringify(fileURLToPath(new URL(`./${file}.ts`, import.meta.url)))
    const script = `import {${fn}} from ${at}
const {isRefused, lines} = await ${fn}({home: ${JSON.stringify(scene.dir)}, cwd: process.cwd(), env: process.env, args: process.argv.slice(1), stdin: ''})
console.error(lines.join('\\n'))
process.exitCode = isRefused ? 1 : 0`
    const tsx = fileURLToPath(new URL('../../../node_modules/.bin/tsx', import.meta.url))
    const path = join(scene.dir, `.git/hooks/${name}`)
    writeFileSync(`${path}.mts`, script)
    writeFileSync(path, `#!/bin/sh\nexec ${tsx} "$0.mts" "$@"\n`)
    chmodSync(path, 0o755)
  }
  hook('pre-commit', 'pre-commit', 'hookPreCommit')
  hook('pre-merge-commit', 'pre-merge', 'hookPreMerge')
  const git = (...args: string[]) => spawnSync('git', args, {cwd: scene.dir, encoding: 'utf8'})
  scene.write('workspaces/donna/HEARTBEAT.md', '# Changed\n')
  scene.write('workspaces/donna/notes.md', 'x\n')
  const author = ['--author', 'donna <donna@northwind.mcos>']
  const refused = git('commit', '-qam', 'x', ...author)
  expect([refused.status, refused.stderr]).toEqual([1, expect.stringMatching(/HEARTBEAT\.md: the operator/)])
  scene.git('checkout', '--', '.')
  scene.git('add', 'workspaces/donna/notes.md')
  expect(git('commit', '-qm', 'x', ...author).status).toBe(0)
  scene.git('switch', '-qc', 'side', 'HEAD~1')
  scene.git('rm', '-q', 'guardrails/protected-branches.md')
  scene.git('commit', '-qnm', 'No rule')
  scene.git('switch', '-q', 'main')
  const merge = git('merge', '-q', '--no-edit', 'side')
  expect([merge.status, merge.stderr]).toEqual([expect.any(Number), expect.stringMatching(/a guardrail would be lost/)])
  expect(merge.status).not.toBe(0)
})
