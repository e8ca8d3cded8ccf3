import {spawnSync} from 'node:child_process'
import {existsSync, readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {fileURLToPath} from 'node:url'
import {expect, test} from 'vitest'
import {cleanEnv, mcos} from '../../testing/built-mcos.js'
import {runCommand} from '../../testing/run-command.js'
import {tempFolder} from '../../testing/temp-folder.js'
import Heartbeat from '../commands/heartbeat.js'

const {quickRequire} = createRequire(import.meta.url)('../../bin/quick-require.js')
const bin = fileURLToPath(new URL('../../bin/mcos.js', import.meta.url))

interface Told {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Everything that is told, but for ids made on the spot. */
function comparable({code, stdout, stderr}: Told): Told {
  return {code, stdout: stdout.replaceAll(/t_[0-9A-Z]{26}/g, 't_ID'), stderr}
}

async function newFleet(): Promise<string> {
  const dir = tempFolder()
  const made = await mcos(['init', 'fleet', '.', '--json'], {cwd: dir})
  expect(made.code, made.stderr).toBe(0)
  return dir
}

test('the door and the command behind it give the same answer', async () => {
  const cwd = await newFleet()
  const args = ['--dry-run', '--at', '2026-03-02T10:00', '--home', cwd]
  for (const json of [[], ['--json']]) {
    const door = await mcos(['heartbeat', ...args, ...json], {cwd})
    const command = await runCommand(Heartbeat, [...args, ...json])
    expect(comparable(door)).toEqual(comparable(command))
    expect(door.stdout).toContain('main')
  }
})

test('what goes wrong is told as by the command', async () => {
  const cwd = await newFleet()
  for (const args of [['mian'], ['mian', '--json'], ['--strict', '--at', 'tomorrowish']]) {
    const door = await mcos(['heartbeat', ...args], {cwd})
    const command = await runCommand(Heartbeat, [...args, '--home', cwd])
    expect(comparable(door)).toEqual(comparable(command))
    expect(door.code).toBe(2)
  }
})

test.each([
  [['--help'], 0, 'USAGE'],
  [['--wild'], 2, 'There is no flag --wild.'],
  [['--concurrency', '0'], 2, 'takes a number'],
])('what the door does not know goes to oclif: %j', async (args, code, words) => {
  const ran = await mcos(['heartbeat', ...args], {cwd: tempFolder()})
  expect(ran.code).toBe(code)
  expect(ran.stdout + ran.stderr).toContain(words)
})

test('for cron a beat without news says nothing', async () => {
  const cwd = await newFleet()
  await mcos(['heartbeat'], {cwd})
  const {code, stdout, stderr} = await mcos(['heartbeat'], {cwd})
  expect({code, stdout, stderr}).toEqual({code: 0, stdout: '', stderr: ''})
})

test('a reader that goes away early is no error', async () => {
  const cwd = await newFleet()
  const line = `'${process.execPath}' '${bin}' heartbeat --json | true; echo "\${PIPESTATUS[0]}"`
  const {stdout, stderr} = spawnSync('bash', ['-c', line], {cwd, env: cleanEnv(cwd), encoding: 'utf8'})
  expect({stdout, stderr}).toEqual({stdout: '0\n', stderr: ''})
})

test('the build keeps what V8 made of the doors, and the Node that built them takes it', () => {
  for (const name of ['hot', 'turn', 'model', 'anthropic']) {
    const file = fileURLToPath(new URL(`../../dist/doors/${name}.cjs`, import.meta.url))
    expect(existsSync(file.replace(/cjs$/, 'heartbeat.v8'))).toBe(true)
    expect(quickRequire(file, 'heartbeat').cachedDataRejected).toBe(false)
    expect(readFileSync(file, 'utf8')).toMatch(/^[\0-\x7f]*$/)
  }
})
