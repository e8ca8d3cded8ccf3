import {spawnSync} from 'node:child_process'
import {chmodSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {mcos} from '../../../testing/built-mcos.js'
import {openForbiddenScene} from '../../../testing/forbidden-scene.js'

test.each([
  ['claude', '.claude/settings.json', 'PreToolUse'],
  ['codex', '.codex/hooks.json', 'PreToolUse'],
  ['gemini', '.gemini/settings.json', 'BeforeTool'],
])(
  'what is installed for %s judges with nothing of an environment, and without an answer is a no',
  async (name, file, event) => {
    const scene = openForbiddenScene()
    const {code} = await mcos(['guard', 'install', 'donna', `--${name}`, '--home', scene.dir], {cwd: scene.dir})
    expect(code).toBe(0)
    const [{hooks}] = JSON.parse(scene.read(`workspaces/donna/${file}`)).hooks[event]
    const [{command, args}] = hooks
    const installed: string[] = args === undefined ? ['/bin/sh', '-c', command] : [command, ...args]
    const cwd = join(scene.dir, 'workspaces/donna')
    const call = (path: string, words: readonly string[] = installed) => {
      const [tool, key] = name === 'gemini' ? ['write_file', 'timestamp'] : ['Write', 'effort']
      const input = {tool_name: tool, tool_input: {file_path: join(scene.dir, path), content: 'x'}, [key]: 'x'}
      const text = JSON.stringify({session_id: 's', cwd, hook_event_name: event, ...input})
      const [program = '', ...rest] = words
      const {status, stdout, stderr} = spawnSync(program, rest, {cwd, env: {}, input: text, encoding: 'utf8'})
      return {status, said: `${stdout}${stderr}`}
    }
    expect(call('workspaces/donna/notes.md')).toEqual({status: 0, said: name === 'gemini' ? '{}\n' : ''})
    expect(call('workspaces/jarvis/note.md')).toEqual({status: 0, said: expect.stringMatching(/"deny".*jarvis/)})

    const node = /\/[^\s']*\/node(?=[\s']|$)/m.exec(installed.join('\n'))?.[0] ?? ''
    const instead = (program: string) =>
      installed.map((word) => word.replace(node, program).replace('timeout 50', 'timeout 1'))
    scene.write('.mcos/hang', '#!/bin/sh\nexec sleep 20\n')
    chmodSync(join(scene.dir, '.mcos/hang'), 0o755)
    const no = {status: 2, said: expect.stringContaining('this call is not allowed')}
    expect(call('workspaces/donna/notes.md', instead('/nowhere/node'))).toEqual(no)
    expect(call('workspaces/donna/notes.md', instead(join(scene.dir, '.mcos/hang')))).toEqual(no)
  },
)
