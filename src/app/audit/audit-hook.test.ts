import {expect, test} from 'vitest'
import {openScene} from '../../../testing/heartbeat-scene.js'
import {type HookEventName, runHook} from '../hook/run-hook.js'

test('a session is audited after each command and at its end; what a person edits between its turns is theirs', async () => {
  const scene = openScene({files: {'workspaces/jarvis/plan.md': 'theirs\n'}})
  const hook = (event: HookEventName, more: Record<string, unknown> = {}) => {
    const told = {session_id: 's-1', cwd: `${scene.dir}/workspaces/donna`, hook_event_name: event, ...more}
    return runHook(event, JSON.stringify(told), {home: scene.dir, env: {PATH: process.env['PATH'], HOME: scene.dir}})
  }
  const command = {tool_name: 'Bash', tool_input: {command: 'make'}, tool_response: {stdout: ''}}
  expect((await hook('session-start')).exit).toBe(0)
  expect(await hook('post-tool-use', command)).toMatchObject({exit: 0, stderr: ''})
  scene.write('workspaces/jarvis/plan.md', 'ours\n')
  const told = await hook('post-tool-use', command)
  expect(told).toMatchObject({
    exit: 2,
    stderr: expect.stringMatching(/^mcos: taken back.*jarvis\/plan\.md.*A person was told/),
  })
  expect(scene.read('workspaces/jarvis/plan.md')).toBe('theirs\n')
  scene.write('workspaces/jarvis/plan.md', 'a person is at it\n')
  expect((await hook('user-prompt-submit', {prompt: 'Go on.'})).exit).toBe(0)
  expect(await hook('post-tool-use', command)).toMatchObject({exit: 0})
  expect(scene.read('workspaces/jarvis/plan.md')).toBe('a person is at it\n')
  scene.write('workspaces/donna/SOUL.md', 'mine\n')
  expect(await hook('stop')).toMatchObject({exit: 0, stderr: expect.stringMatching(/taken back.*SOUL\.md/)})
  expect(scene.read('workspaces/donna/SOUL.md')).toMatch(/# Donna/)
  expect(await hook('stop')).toMatchObject({exit: 0, stderr: ''})
})
