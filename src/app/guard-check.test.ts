import {rmSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {runCommand} from '../../testing/run-command.js'
import GuardCheck from '../commands/guard/check.js'
import {checkGuard, exitOfCheck, parseCheckRequest} from './guard-check.js'

const SOUL =
  '---\ncontract:\n  reads: [workspaces/donna/**]\n  writes: [workspaces/donna/**]\n  commands: [npm test]\n  may: [message]\n  ask: [http.post]\n---\n# Donna\n'

test('answers with the line that decided, and with an exit code of its own for each answer', async () => {
  const {dir} = openScene({files: {'workspaces/donna/SOUL.md': SOUL}})
  const ask = async (request: object) => {
    const answer = await checkGuard(parseCheckRequest(JSON.stringify({agent: 'donna', ...request})), {
      home: dir,
      cwd: dir,
      env: {},
    })
    return [answer.effect, exitOfCheck(answer), answer.rule, answer.file, answer.line]
  }
  expect(await ask({verb: 'write', target: 'workspaces/donna/a.md'})).toEqual([
    'allow',
    0,
    'writes: workspaces/donna/**',
    'workspaces/donna/SOUL.md',
    null,
  ])
  expect(await ask({verb: 'http.post', target: 'a.example'})).toEqual([
    'ask',
    4,
    'ask: http.post',
    'workspaces/donna/SOUL.md',
    7,
  ])
  expect(await ask({verb: 'write', target: 'wiki/a.md'})).toEqual(['deny', 3, null, 'workspaces/donna/SOUL.md', 4])
  const askShort = async (request: object) => (await ask(request)).slice(0, 2)
  expect(await askShort({tool: 'Bash', input: {command: 'npm test > log.txt'}})).toEqual(['allow', 0])
  expect(await askShort({tool: 'Bash', input: {command: 'npm test > ../jarvis/log.txt'}})).toEqual(['deny', 3])
  expect(await askShort({tool: 'Levitate', input: {}})).toEqual(['deny', 3])
  // mcos's own tools count from the home, as in a turn; the hosts' from the agent's folder.
  expect(await askShort({tool: 'write', input: {path: 'workspaces/donna/a.md', content: 'x'}})).toEqual(['allow', 0])
  expect(await askShort({tool: 'write', input: {path: 'workspaces/jarvis/a.md', content: 'x'}})).toEqual(['deny', 3])
  expect(await askShort({tool: 'read', input: {path: 'workspaces/donna/SOUL.md'}})).toEqual(['allow', 0])
  expect(await askShort({tool: 'read', input: {path: 7}})).toEqual(['deny', 3])
  expect(await askShort({tool: 'message_send', input: {to: 'jarvis', text: 'x'}})).toEqual(['allow', 0])
  expect(await askShort({tool: 'log', input: {text: 'x'}})).toEqual(['allow', 0])
  expect(await askShort({tool: 'run', input: {command: 'rm -rf /'}})).toEqual(['deny', 3])
  expect(await askShort({tool: 'http_get', input: {url: 'https://a.example/'}})).toEqual(['deny', 3])
  expect(await askShort({tool: 'edit', input: {file_path: 'a.md', old_string: 'a', new_string: 'b'}})).toEqual([
    'allow',
    0,
  ])
})

test('what is broken, or nobody, is a no with the same answer', async () => {
  const scene = openScene({files: {'workspaces/donna/SOUL.md': SOUL}})
  const check = async (...args: string[]) => {
    const {stdout, code} = await runCommand(GuardCheck, [...args, '--home', scene.dir, '--json'])
    return {code, answer: JSON.parse(stdout)}
  }
  const write = ['donna', 'write', 'workspaces/donna/a.md']
  expect(await check(...write)).toMatchObject({code: 0, answer: {effect: 'allow'}})
  expect(await check('nobody', 'write', 'a.md')).toMatchObject({
    code: 3,
    answer: {effect: 'deny', reason: 'There is no agent nobody in this fleet. mcos fleet list   # donna, jarvis'},
  })
  expect(await check('donna')).toMatchObject({code: 2, answer: {error: {code: 'USAGE'}}})
  scene.write('workspaces/donna/SOUL.md', '')
  expect(await check(...write)).toMatchObject({code: 3, answer: {effect: 'deny', rule: null}})
  scene.write('workspaces/donna/SOUL.md', SOUL)
  scene.write('mcos.yaml', 'version: [')
  expect(await check(...write)).toMatchObject({code: 3, answer: {effect: 'deny'}})
  rmSync(join(scene.dir, 'mcos.yaml'))
  expect(await check(...write)).toMatchObject({code: 3, answer: {effect: 'deny'}})
})

test('a no says what would have to change: the key of the contract, the stop, the lost guardrail', async () => {
  const rule = '---\nid: quiet\neffect: ask\nverbs: [shout]\nlesson: Why.\n---\n# Quiet\n'
  const scene = openScene({files: {'workspaces/donna/SOUL.md': SOUL, 'guardrails/quiet.md': rule}})
  const check = async (verb: string, target: string) =>
    (await runCommand(GuardCheck, ['donna', verb, target, '--home', scene.dir])).stdout
  expect(await check('git.push', 'x')).toBe(
    "deny: git.push is not among the contract's may\n  workspaces/donna/SOUL.md:6\n",
  )
  expect(await check('write', 'workspaces/donna/SOUL.md')).toBe(
    'deny: workspaces/donna/SOUL.md: the operator writes this file, agents never do\n',
  )
  scene.write('guardrails/quiet.md', '')
  expect(await check('read', 'workspaces/donna/a.md')).toBe(
    'deny: guardrails/quiet.md: its committed rule is gone from the file (to bring it back: git restore guardrails/quiet.md)\n',
  )
  scene.write('.mcos/STOP.donna', 'who: ada\n')
  expect(await check('read', 'workspaces/donna/a.md')).toBe(
    'deny: mcos stop holds donna; a person lifts it with mcos resume donna\n',
  )
  scene.write('.mcos/STOP', 'who: ada\n')
  expect(await check('read', 'workspaces/donna/a.md')).toBe(
    'deny: mcos stop holds the fleet; a person lifts it with mcos resume\n',
  )
})
