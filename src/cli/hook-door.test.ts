import {existsSync, readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, test} from 'vitest'
import {mcos} from '../../testing/built-mcos.js'
import {openScene} from '../../testing/heartbeat-scene.js'
import {tempFolder} from '../../testing/temp-folder.js'

const {quickRequire} = createRequire(import.meta.url)('../../bin/quick-require.js')

function callIn(dir: string, command: string): string {
  const cwd = join(dir, 'workspaces/donna')
  return JSON.stringify({
    session_id: 's1',
    cwd,
    hook_event_name: 'PreToolUse',
    tool_name: 'Bash',
    tool_input: {command},
  })
}

test('the built hook answers by the contract, and exits 0 or 2 and nothing else', async () => {
  const {dir} = openScene()
  const hook = async (input: string, ...words: string[]) => {
    const {code, stdout} = await mcos(['hook', ...words], {cwd: dir, input})
    return {code, stdout: stdout.slice(0, 90)}
  }
  const home = ['--home', dir]
  expect(await hook(callIn(dir, 'ls'), 'pre-tool-use', ...home)).toEqual({code: 0, stdout: ''})
  expect(await hook(callIn(dir, 'rm -rf ..'), 'pre-tool-use', ...home)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('"permissionDecision":"deny"'),
  })
  expect(await hook('no json', 'pre-tool-use', ...home)).toEqual({code: 2, stdout: ''})
  expect(await hook(callIn(dir, 'ls'), 'pre-tool-use', '--home', tempFolder())).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('"deny"'),
  })
  expect(await hook(callIn(dir, 'ls'), 'pre-tool-use', '--wild')).toMatchObject({code: 2})
  expect(await hook(callIn(dir, 'ls'), 'no-such-event')).toMatchObject({code: 2})
  expect(await hook(callIn(dir, 'ls'), 'post-tool-use', ...home)).toEqual({code: 0, stdout: ''})
  expect(await hook(callIn(dir, 'ls'), 'stop', ...home)).toEqual({code: 0, stdout: ''})
})

test('the build keeps what V8 made of the hook, and the Node that built it takes it', () => {
  const file = fileURLToPath(new URL('../../dist/doors/call.cjs', import.meta.url))
  expect(existsSync(file.replace(/cjs$/, 'hook.v8'))).toBe(true)
  expect(quickRequire(file, 'hook').cachedDataRejected).toBe(false)
  expect(readFileSync(file, 'utf8')).toMatch(/^[\0-\x7f]*$/)
})

test('the hook loads one file of ours, and parts of Node that are there anyway', () => {
  const code = readFileSync(new URL('../../dist/doors/call.cjs', import.meta.url), 'latin1')
  const atOnce = [...code.matchAll(/[\w$]+=require\("([^"]+)"\)/g)].map(([, id]) => id)
  expect(atOnce.sort()).toEqual(['node:fs', 'node:path', 'node:url'])
})
