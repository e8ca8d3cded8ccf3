import {expect, onTestFinished, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {runCommand} from '../../testing/run-command.js'
import Context from '../commands/context.js'
import Heartbeat from '../commands/heartbeat.js'
import Log from '../commands/log.js'
import {agentInFront} from './which-agent.js'

test.each([
  [
    ['--agent', 'donna', 'text'],
    ['donna', 'text'],
  ],
  [
    ['text', '--json', '--agent=donna'],
    ['donna', 'text', '--json'],
  ],
  [
    ['--agent', 'a', '--agent', 'b'],
    ['a', 'b'],
  ],
  [
    ['donna', '--', '--agent', 'x'],
    ['donna', '--', '--agent', 'x'],
  ],
  [['--agent'], ['--agent']],
  [
    ['--agent', '--', 'x'],
    ['--agent', '--', 'x'],
  ],
])('%j reads as %j', (typed, read) => {
  expect(agentInFront(typed)).toEqual(read)
})

test('an agent is found by an argument, by --agent, or by standing in its folder', async () => {
  const {dir} = openScene({files: {'workspaces/donna/memory/2026-11-21.md': '# 2026-11-21\n'}})
  const who = async (command: typeof Context | typeof Log, ...argv: string[]) => {
    const {stdout, code} = await runCommand(command, [...argv, '--home', dir, '--json'])
    return code === 0 ? JSON.parse(stdout).agent : [code, JSON.parse(stdout).error.code]
  }
  expect(await who(Context, 'donna')).toBe('donna')
  expect(await who(Context, '--agent', 'jarvis')).toBe('jarvis')
  expect(await who(Log, 'A line.', '--agent=donna')).toBe('donna')
  expect(await who(Context)).toEqual([2, 'USAGE'])
  standIn(`${dir}/workspaces/donna/memory`)
  expect(await who(Context)).toBe('donna')
  expect(await who(Log)).toBe('donna')
  expect(await who(Context, 'jarvis')).toBe('jarvis')
  expect(await who(Context, 'donna', '--agent', 'jarvis')).toEqual([2, 'USAGE'])
  const {stdout} = await runCommand(Heartbeat, ['--agent', 'jarvis', '--dry-run', '--json'])
  expect(JSON.parse(stdout).agents).toMatchObject([{agent: 'jarvis'}])
})

function standIn(folder: string): void {
  const before = process.cwd()
  process.chdir(folder)
  onTestFinished(() => process.chdir(before))
}
