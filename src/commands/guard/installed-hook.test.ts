import {spawnSync} from 'node:child_process'
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
    const [tool, key] = name === 'gemini' ? ['write_file', 'timestamp'] : ['Write', 'effort']
    const cwd = join(scene.dir, 'workspaces/donna')
    const call = (path: string, line = command) => {
      const input = {tool_name: tool, tool_input: {file_path: join(scene.dir, path), content: 'x'}, [key]: 'x'}
      const text = JSON.stringify({session_id: 's', cwd, hook_event_name: event, ...input})
      const [program, words] = args === undefined ? ['/bin/sh', ['-c', line]] : [line, args]
      const {status, stdout, stderr} = spawnSync(program, words, {cwd, env: {}, input: text, encoding: 'utf8'})
      return {status, said: `${stdout}${stderr}`}
    }
    expect(call('workspaces/donna/notes.md')).toEqual({status: 0, said: name === 'gemini' ? '{}\n' : ''})
    expect(call('workspaces/jarvis/note.md')).toEqual({status: 0, said: expect.stringMatching(/"deny".*jarvis/)})
    if (args !== undefined) return
    const gone = command.replace(process.execPath, '/nowhere/node').replace(/\/\S*\/node /, '/nowhere/node ')
    expect(call('workspaces/donna/notes.md', gone)).toMatchObject({
      status: 2,
      said: expect.stringContaining('this call is not allowed'),
    })
  },
)
