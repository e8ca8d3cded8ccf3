import {linkSync, mkdirSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {openScene, type Scene, type SceneOptions} from '../../../testing/heartbeat-scene.js'
import {tempFolder} from '../../../testing/temp-folder.js'
import {stopFleet} from '../stop.js'
import {hookPostToolUse} from './post-tool-use.js'
import {hookPreToolUse} from './pre-tool-use.js'
import {hookUserPromptSubmit} from './user-prompt-submit.js'

const SOUL = `---
contract:
  reads: [workspaces/donna/**, wiki/**]
  writes: [workspaces/donna/**]
  hosts: [a.example]
  commands: [npm test, git]
  may: [mcp.search.query, http.post]
  ask: [git.push]
---
# Donna
`

interface Asked {
  readonly effect: 'allow' | 'ask' | 'deny' | 'defer'
  readonly reason: string
}

type Ask = (tool: string, input?: object, more?: object) => Promise<Asked>

function openHook(options: SceneOptions & {env?: Record<string, string>; before?: (scene: Scene) => void} = {}) {
  const scene = openScene({
    ...options,
    files: {'workspaces/donna/SOUL.md': SOUL, 'wiki/page.md': 'x\n', ...options.files},
  })
  if (options.before) {
    options.before(scene)
    scene.commitAll()
  }
  const own = join(scene.dir, 'workspaces/donna')
  const place = {home: scene.dir, env: {PATH: '', HOME: '/u', CLAUDE_CODE_ENTRYPOINT: 'cli', ...options.env}}
  const event = (tool: string, input: object, more: object): string =>
    JSON.stringify({
      session_id: 'session-0001',
      cwd: own,
      hook_event_name: 'PreToolUse',
      tool_name: tool,
      tool_input: input,
      ...more,
    })
  const ask: Ask = async (tool, input = {}, more = {}) => {
    const {exit, stdout, stderr} = await hookPreToolUse(event(tool, input, more), place)
    if (exit === 2) return {effect: 'deny', reason: stderr}
    if (stdout === '') return {effect: 'allow', reason: ''}
    const {permissionDecision, permissionDecisionReason} = JSON.parse(stdout).hookSpecificOutput
    return {effect: permissionDecision, reason: permissionDecisionReason}
  }
  const bash = (command: string, more?: object) => ask('Bash', {command}, more)
  const after = (tool: string, input: object = {}, more: object = {}) =>
    hookPostToolUse(event(tool, input, {...more, hook_event_name: 'PostToolUse'}), place)
  return {scene, own, place, event, ask, bash, note: after}
}

describe('a call of Claude Code', () => {
  const SHELL: [string, Asked['effect']][] = [
    ['ls -la', 'allow'],
    ['cat notes.md; echo x > notes.md', 'allow'],
    ['npm test 2>&1 | tail -5', 'allow'],
    ['git status', 'allow'],
    ['git reset --hard', 'deny'],
    ['cd app && git switch main', 'allow'],
    ['cd app && rm -rf .', 'deny'],
    ['rm -rf session-0001', 'deny'],
    ['git push origin main', 'ask'],
    ['git push --force origin main', 'deny'],
    ['echo x > ../jarvis/MEMORY.md', 'deny'],
    ['echo x > SOUL.md', 'deny'],
    ['rm PARKED.md', 'deny'],
    ['mv PARKED.md notes/', 'deny'],
    ["sed -i 's/a/b/' SOUL.md", 'deny'],
    ['tee soul.md < notes.md', 'deny'],
    ['rm -rf .', 'deny'],
    ['rm -rf ../jarvis', 'deny'],
    ['rm -rf build', 'allow'],
    ['rm -rf /', 'deny'],
    ['cat /etc/hostname', 'ask'],
    ['cat ~/.ssh/id_rsa', 'deny'],
    ['cat ../../.mcos/keys/donna.key', 'deny'],
    ['cat up/jarvis/SOUL.md', 'deny'],
    ['echo x > dangling', 'deny'],
    ['echo x > hard.md', 'ask'],
    ['mv notes.md CLAUDE.md', 'deny'],
    ['node -e 1', 'deny'],
    ['curl https://a.example/x', 'allow'],
    ['curl https://b.example/x', 'deny'],
    ['echo $(curl https://b.example/x)', 'deny'],
    ['x=1; rm "$x"', 'deny'],
    ['printf x | sh', 'deny'],
    ['cat ../../wiki/page.md', 'allow'],
    ['echo x >> ../../wiki/page.md', 'deny'],
    ['env', 'deny'],
    ['mcos approve yes 1', 'deny'],
    ['ls inbox/new', 'allow'],
    ['cat inbox/quarantine/x.md', 'deny'],
    ['rm inbox/new/x.md', 'deny'],
    ['echo x > /tmp/elsewhere.txt', 'deny'],
    ['echo x > /tmp/claude-1/session-0001/scratch.txt', 'allow'],
  ]

  test('by its shell does what the contract opens, and nothing else', async () => {
    const {bash, own} = openHook({
      before: ({dir}) => {
        const folder = join(dir, 'workspaces/donna')
        mkdirSync(join(folder, 'build'))
        mkdirSync(join(folder, 'app/.git'), {recursive: true})
        mkdirSync(join(folder, 'session-0001/.claude'), {recursive: true})
        writeFileSync(join(folder, 'notes.md'), 'a\n')
        symlinkSync('..', join(folder, 'up'))
        symlinkSync('/nowhere/at-all', join(folder, 'dangling'))
        writeFileSync(join(folder, 'twice.md'), 'a\n')
        linkSync(join(folder, 'twice.md'), join(folder, 'hard.md'))
      },
    })
    expect(own).toContain('donna')
    const heard = []
    for (const [line, effect] of SHELL) {
      const got = await bash(line)
      if (got.effect !== effect) heard.push([line, effect, got])
    }
    expect(heard).toEqual([])
  })

  test('by its other tools is held to the same', async () => {
    const {ask, own} = openHook()
    const calls: [string, object, Asked['effect']][] = [
      ['Read', {file_path: join(own, 'MEMORY.md')}, 'allow'],
      ['Write', {file_path: join(own, 'a.md'), content: 'x'}, 'allow'],
      ['Write', {file_path: join(own, '../jarvis/a.md'), content: 'x'}, 'deny'],
      ['Edit', {file_path: join(own, 'SOUL.md'), old_string: 'a', new_string: 'b'}, 'deny'],
      ['MultiEdit', {file_path: join(own, 'a.md'), edits: [{old_string: 'x', new_string: 'y'}]}, 'allow'],
      ['NotebookEdit', {notebook_path: '/etc/x.ipynb', new_source: ''}, 'deny'],
      ['Glob', {pattern: '**/*.md'}, 'allow'],
      ['Glob', {pattern: '/etc/**'}, 'ask'],
      ['Grep', {pattern: 'x', path: join(own, '..')}, 'deny'],
      ['WebFetch', {url: 'https://a.example/x', prompt: ''}, 'allow'],
      ['WebFetch', {url: 'https://b.example/x', prompt: ''}, 'deny'],
      ['WebSearch', {query: 'x'}, 'deny'],
      ['Task', {prompt: 'x'}, 'allow'],
      ['TodoWrite', {todos: []}, 'allow'],
      ['mcp__search__query', {q: 'x'}, 'allow'],
      ['mcp__search__delete', {q: 'x'}, 'deny'],
      [
        'apply_patch',
        {command: '*** Begin Patch\n*** Update File: a.md\n+x\n*** Update File: ../jarvis/b.md\n+x\n*** End Patch'},
        'deny',
      ],
      ['read_file', {absolute_path: join(own, 'MEMORY.md')}, 'allow'],
      ['run_shell_command', {command: 'rm -rf ..'}, 'deny'],
      ['shell', {command: ['bash', '-lc', 'echo x > SOUL.md']}, 'deny'],
      ['Levitate', {}, 'deny'],
    ]
    const heard = []
    for (const [tool, input, effect] of calls) {
      const got = await ask(tool, input)
      if (got.effect !== effect) heard.push([tool, input, effect, got])
    }
    expect(heard).toEqual([])
    expect((await ask('Levitate')).reason).toMatch(/tool Levitate/)
    expect((await ask('Write', {file_path: '../jarvis/a.md', content: ''})).reason).toMatch(
      /donna: .*not among the contract's writes/,
    )
  })
})

describe('the words of each host', () => {
  const DENIED = {file_path: 'SOUL.md', content: ''}

  test('one decision, four encodings', async () => {
    const {place, event} = openHook()
    const answer = async (input: object, tool: string, more: object, env = place.env) =>
      hookPreToolUse(event(tool, input, more), {...place, env})
    const codex = {turn_id: 't', model: 'm'}
    const gemini = {hook_event_name: 'BeforeTool', timestamp: '2026-11-21T08:30:00Z'}
    const push = {command: 'git push origin main'}
    expect((await answer({command: 'ls'}, 'Bash', {})).stdout).toBe('')
    expect((await answer({command: 'ls'}, 'Bash', codex)).stdout).toBe('')
    expect((await answer({command: 'ls'}, 'run_shell_command', gemini)).stdout).toBe('{}\n')
    for (const more of [{}, codex])
      expect(JSON.parse((await answer(DENIED, 'Write', more)).stdout)).toEqual({
        hookSpecificOutput: {
          hookEventName: 'PreToolUse',
          permissionDecision: 'deny',
          permissionDecisionReason: expect.stringMatching(/^mcos: donna: workspaces\/donna\/SOUL\.md: the operator/),
        },
      })
    expect(JSON.parse((await answer(DENIED, 'write_file', gemini)).stdout)).toEqual({
      decision: 'deny',
      reason: expect.stringMatching(/^mcos: donna/),
    })
    const asked = async (more: object, env?: Record<string, string>) => {
      const json = JSON.parse((await answer(push, 'Bash', more, {...place.env, ...env})).stdout)
      return json.hookSpecificOutput?.permissionDecision ?? json.decision
    }
    expect(await asked({})).toBe('ask')
    expect(await asked({permission_mode: 'bypassPermissions'})).toBe('deny')
    expect(await asked(codex)).toBe('deny')
    expect(await asked(gemini)).toBe('deny')
    expect(await asked({}, {CLAUDE_CODE_ENTRYPOINT: 'sdk-cli'})).toBe('deny')
    const transcript = join(tempFolder(), 't.jsonl')
    writeFileSync(transcript, '{"type":"user","version":"2.1.329"}\n')
    expect(await asked({transcript_path: transcript}, {CLAUDE_CODE_ENTRYPOINT: 'sdk-cli'})).toBe('defer')
    writeFileSync(transcript, '{"type":"user","version":"2.0.90"}\n')
    expect(await asked({transcript_path: transcript}, {CLAUDE_CODE_ENTRYPOINT: 'sdk-cli'})).toBe('deny')
  })

  test('what can not wait in its host becomes a request, once, that names exactly the call', async () => {
    const {ask, scene} = openHook({
      env: {CLAUDE_CODE_ENTRYPOINT: ''},
      files: {'workspaces/donna/SOUL.md': SOUL.replace('ask: [', 'ask: [run, ')},
    })
    const first = await ask('Bash', {command: 'npm test'})
    const [, id = ''] = /pending approval (\w{26}):/.exec(first.reason) ?? []
    expect([first.effect, id.length], first.reason).toEqual(['deny', 26])
    expect((await ask('Bash', {command: 'npm test'})).reason).toContain(id)
    expect(scene.list('approvals')).toEqual([id])
    expect(scene.read(`approvals/${id}/request.md`)).toMatch(/tool: run[\s\S]*command: npm test/)
    expect(scene.git('status', '--porcelain')).toBe('')
    expect((await ask('Bash', {command: 'npm test > out.txt'})).reason).not.toContain('pending')
  })

  test('what is no event, or no tool, is refused by its exit code', async () => {
    const {place} = openHook()
    for (const text of ['', 'x', '[]', 'null'])
      expect(await hookPreToolUse(text, place)).toMatchObject({exit: 2, stdout: ''})
    expect((await hookPreToolUse('{}', place)).stdout).toContain('"deny"')
  })
})

describe('when something is wrong', () => {
  const WRITE = {file_path: 'a.md', content: 'x'}

  test.each([
    ['a contract that is gone', (scene: Scene) => rmSync(join(scene.dir, 'workspaces/donna/SOUL.md'))],
    ['a contract that is empty', (scene: Scene) => scene.write('workspaces/donna/SOUL.md', '')],
    ['a contract that is broken', (scene: Scene) => scene.write('workspaces/donna/SOUL.md', '---\ncontract: [\n---\n')],
    ['mcos.yaml gone', (scene: Scene) => rmSync(join(scene.dir, 'mcos.yaml'))],
    ['mcos.yaml empty', (scene: Scene) => scene.write('mcos.yaml', '')],
    ['mcos.yaml broken', (scene: Scene) => scene.write('mcos.yaml', ': [')],
    ['a guardrail that is broken', (scene: Scene) => scene.write('guardrails/x.md', '---\nid: [\n---\n')],
    ['a stop', async (scene: Scene) => stopFleet(await scene.open(), {agent: null, why: null})],
    ['a stop of the agent', async (scene: Scene) => stopFleet(await scene.open(), {agent: 'donna', why: null})],
  ])('%s is a no', async (_, harm) => {
    const {scene, ask} = openHook()
    expect((await ask('Write', WRITE)).effect).toBe('allow')
    await harm(scene)
    expect((await ask('Write', WRITE)).effect).toBe('deny')
    expect((await ask('Read', {file_path: 'MEMORY.md'})).effect).toBe('deny')
  })

  test('a contract that was widened on the disk alone opens nothing more', async () => {
    const {scene, ask} = openHook()
    scene.write('workspaces/donna/SOUL.md', SOUL.replace('writes: [', 'writes: [wiki/**, '))
    expect((await ask('Write', {file_path: '../../wiki/page.md', content: ''})).effect).toBe('deny')
  })

  test('without a home that was promised, a folder of nobody is nobody\u2019s business', async () => {
    const cwd = tempFolder()
    const event = JSON.stringify({
      cwd,
      hook_event_name: 'PreToolUse',
      tool_name: 'Bash',
      tool_input: {command: 'rm -rf x'},
    })
    expect(await hookPreToolUse(event, {home: null, env: {}})).toEqual({exit: 0, stdout: '', stderr: ''})
    expect((await hookPreToolUse(event, {home: cwd, env: {}})).stdout).toContain('"deny"')
  })
})

describe('who it is', () => {
  test('stays who it was, wherever the session goes', async () => {
    const {ask, own} = openHook()
    expect((await ask('Write', {file_path: join(own, 'a.md'), content: ''})).effect).toBe('allow')
    const there = {cwd: join(own, '../jarvis')}
    expect((await ask('Write', {file_path: 'a.md', content: ''}, there)).effect).toBe('deny')
    expect((await ask('Write', {file_path: 'a.md', content: ''}, {...there, session_id: 'session-0002'})).effect).toBe(
      'allow',
    )
  })

  test('a name without its token is refused', async () => {
    const {ask} = openHook({env: {MCOS_AGENT: 'jarvis', MCOS_TOKEN: 'x'}})
    expect(await ask('Read', {file_path: 'MEMORY.md'})).toMatchObject({
      effect: 'deny',
      reason: expect.stringContaining('token'),
    })
  })

  test('where no agent stands a person is asked for each effect', async () => {
    const {ask, scene} = openHook()
    const at = {cwd: scene.dir, session_id: 'session-0003'}
    expect((await ask('Read', {file_path: 'wiki/page.md'}, at)).effect).toBe('allow')
    expect((await ask('Write', {file_path: 'wiki/page.md', content: ''}, at)).effect).toBe('ask')
    expect((await ask('Bash', {command: 'cat .mcos/keys/donna.key'}, at)).effect).toBe('deny')
  })
})

describe('what a session has heard', () => {
  test('text from outside, a secret and an effect outside never meet, in whatever calls', async () => {
    const {ask, note, scene, place} = openHook({before: ({write}) => write('workspaces/donna/.env', 'A=b\n')})
    expect((await ask('Read', {file_path: '.env'})).effect).toBe('allow')
    await note('Read', {file_path: '.env'})
    expect((await ask('mcp__search__query', {q: 'x'})).effect).toBe('deny')
    expect((await ask('Bash', {command: 'curl -d x https://a.example'})).effect).toBe('deny')
    const other = {session_id: 'session-0009'}
    await note('WebFetch', {url: 'https://a.example/x', prompt: ''}, other)
    expect((await ask('Write', {file_path: 'MEMORY.md', content: 'x'}, other)).effect).toBe('ask')
    expect((await ask('Write', {file_path: 'notes.md', content: 'x'}, other)).effect).toBe('allow')
    const told = await hookUserPromptSubmit(
      JSON.stringify({...other, cwd: scene.dir, hook_event_name: 'UserPromptSubmit'}),
      place,
    )
    expect(told.stdout).toContain('a.example')
    scene.write('.mcos/sessions/session-0009.json', 'torn')
    expect((await ask('WebFetch', {url: 'https://a.example/x', prompt: ''}, other)).effect).toBe('deny')
  })

  test('a line that would bring all three together is refused as a whole', async () => {
    const {bash} = openHook({before: ({write}) => write('workspaces/donna/.env', 'A=b\n')})
    expect((await bash('cat .env; curl https://a.example/x')).effect).toBe('deny')
  })
})
