import {beforeEach, describe, expect, test} from 'vitest'
import {openScene, type Scene} from '../../testing/heartbeat-scene.js'
import {runCommand} from '../../testing/run-command.js'

import Resume from '../commands/resume.js'
import {raiseAlert} from './alerts/raise.js'
import {runHook} from './hook/run-hook.js'
import {logOf} from './log.js'
import {addToMemory} from './memory.js'
import {finishMessage} from './messages/read-messages.js'
import {sendMessage} from './messages.js'
import type {ActsFor} from './speaker.js'

const DONNA: ActsFor = {kind: 'agent', name: 'donna', by: 'itself'}
const signal = new AbortController().signal
const SOUL =
  '---\ncontract:\n  reads: [workspaces/donna/**]\n  writes: [workspaces/donna/**]\n  may: [message, log, alert.P3, memory]\n---\n# Donna\n'

let scene: Scene
beforeEach(() => {
  scene = openScene({files: {'workspaces/donna/SOUL.md': SOUL}})
})

describe.each([['STOP'], ['STOP.donna']])('while .mcos/%s lies there', (file) => {
  test('no command of an agent does anything', async () => {
    const id = await scene.send('donna', 'Hello')
    const before = scene.countCommits()
    scene.write(`.mcos/${file}`, '')
    const fleet = await scene.open()
    const deeds = {
      'message send': () => sendMessage(fleet, {to: 'jarvis', text: 'Hi', priority: 'normal', commit: true}, DONNA),
      'message done': () => finishMessage(fleet, {id, agent: 'donna'}, DONNA),
      log: () => logOf(fleet, {agent: 'donna', text: 'x'}, DONNA),
      'memory add': () => addToMemory(fleet, {agent: 'donna', fact: 'x', topic: 'y', confidence: 'high'}, DONNA),
      'alert raise': () => raiseAlert(fleet, {level: 'P3', title: 'x', evidence: [], cwd: scene.dir, signal}, DONNA),
    }
    for (const [name, deed] of Object.entries(deeds))
      await expect(deed(), name).rejects.toMatchObject({code: 'STOPPED', exit: 3})
    expect(scene.countCommits()).toBe(before)
  })

  test('no coding agent\u2019s call is let through, and no context is cut', async () => {
    scene.write(`.mcos/${file}`, '')
    const hook = (event: 'pre-tool-use' | 'pre-compact' | 'user-prompt-submit', more: Record<string, unknown>) =>
      runHook(
        event,
        JSON.stringify({session_id: 's-1', cwd: `${scene.dir}/workspaces/donna`, hook_event_name: event, ...more}),
        {home: scene.dir, env: {PATH: process.env['PATH'], HOME: scene.dir}},
      )
    const read = {tool_name: 'Read', tool_input: {file_path: `${scene.dir}/workspaces/donna/HEARTBEAT.md`}}
    const {stdout, stderr, exit} = await hook('pre-tool-use', read)
    expect(`${exit} ${stdout}${stderr}`).toMatch(/^2 |"permissionDecision":"deny"/)
    expect(`${stdout}${stderr}`).toMatch(/stop/)
    const transcript_path = `${scene.dir}/mcos.yaml`
    expect(await hook('pre-compact', {transcript_path})).toMatchObject({
      exit: 2,
      stderr: expect.stringMatching(/mcos stop/),
    })
    expect((await hook('user-prompt-submit', {prompt: 'Go on.'})).stdout).toMatch(/mcos resume/)
  })
})

test('nobody but a person lifts it', async () => {
  scene.write('.mcos/STOP', '')
  for (const [name, value] of [
    ['MCOS_AGENT', 'donna'],
    ['MCOS_TOKEN', 'x'],
  ] as const) {
    process.env[name] = value
    try {
      const {code, stderr} = await runCommand(Resume, ['--home', scene.dir])
      expect([code, stderr]).toEqual([3, expect.stringMatching(/Only a person/)])
    } finally {
      delete process.env[name]
    }
  }
  expect((await runCommand(Resume, ['--as', 'donna', '--home', scene.dir])).code).toBe(2)
  expect(scene.list('.mcos')).toContain('STOP')
  expect((await runCommand(Resume, ['--home', scene.dir])).code).toBe(0)
  expect(scene.list('.mcos')).not.toContain('STOP')
})
