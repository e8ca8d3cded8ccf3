import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {expectSoon} from '../../testing/expect-soon.js'
import {isSoonGone} from '../../testing/is-gone.js'
import {runProgram} from './run.js'

let cwd: string

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'mcos-run-'))
})

afterEach(() => rmSync(cwd, {recursive: true, force: true}))

function run(argv: readonly string[], more: Partial<Parameters<typeof runProgram>[1]> = {}) {
  return runProgram(argv, {cwd, env: {PATH: process.env['PATH']}, timeoutMs: 60_000, ...more})
}

test('gives a program its arguments, folder, input and nothing of our environment', async () => {
  const result = await run(
    ['sh', '-c', 'cat; pwd -P; printf "%s" "$1"; echo oops >&2; env | grep -c SECRET; exit 3', 'sh', '$(x) *'],
    {
      input: 'in\n',
    },
  )
  expect(result).toMatchObject({code: 3, signal: null, stderr: 'oops\n', timedOut: false, truncated: false})
  expect(result.stdout).toMatch(/^in\n.*mcos-run-.*\n\$\(x\) \*0\n$/)
})

test.each([
  ['ENOENT', ['no-such-program-here'], {}],
  ['NO_CWD', ['true'], {cwd: '/no/such/folder'}],
  ['EACCES', ['/etc/passwd'], {}],
  ['E2BIG', ['true', 'x'.repeat(3_000_000)], {}],
  ['ERR_INVALID_ARG_VALUE', ['true', 'a\0b'], {}],
  ['ERR_INVALID_ARG_VALUE', [], {}],
] as const)('tells %s instead of throwing', async (error, argv, more) => {
  expect(await run(argv, more)).toMatchObject({code: null, error})
})

test('ends a program and all it started when its time is over', async () => {
  const result = await run(['sh', '-c', 'sleep 60 & echo $!; wait'], {timeoutMs: 150})
  expect(result).toMatchObject({timedOut: true, code: null, signal: 'SIGTERM'})
  expect(await isSoonGone(Number(result.stdout))).toBe(true)
})

test('kills what does not listen', async () => {
  const result = await run(['sh', '-c', 'trap "" TERM; sleep 60 & echo $!; wait; sleep 60'], {timeoutMs: 150})
  expect(result).toMatchObject({timedOut: true, signal: 'SIGKILL'})
  expect(await isSoonGone(Number(result.stdout))).toBe(true)
})

test('does not wait for something that was left behind with the pipes open', async () => {
  const started = performance.now()
  const result = await run(['sh', '-c', 'sleep 60 & echo $!'])
  expect(result).toMatchObject({code: 0, timedOut: false})
  expectSoon(performance.now() - started, 20_000)
  process.kill(Number(result.stdout), 'SIGKILL')
})

test('keeps the beginning of a flood and reads on, so that the program can end', async () => {
  const result = await run(['sh', '-c', 'yes | head -c 3000000; yes | head -c 3000000 >&2'], {maxBytes: 10})
  expect(result).toMatchObject({
    code: 0,
    timedOut: false,
    truncated: true,
    stdout: 'y\ny\ny\ny\ny\n',
    stderr: 'y\ny\ny\ny\ny\n',
  })
})

test('tells of stdout as it comes, beyond what is kept', async () => {
  let heard = 0
  const result = await run(['sh', '-c', 'yes | head -c 300000'], {
    maxBytes: 4,
    onStdout: (chunk) => (heard += chunk.length),
  })
  expect([heard, result.stdout]).toEqual([300_000, 'y\ny\n'])
})

test('ends what a program leaves behind, where that is asked for', async () => {
  const result = await run(['sh', '-c', 'sleep 60 & echo $!'], {endsLeftovers: true})
  expect(result).toMatchObject({code: 0, timedOut: false})
  expect(await isSoonGone(Number(result.stdout))).toBe(true)
})

test('stops when it is told to, and does not start when it was told before', async () => {
  const stop = new AbortController()
  setTimeout(() => stop.abort(), 100)
  expect(await run(['sleep', '60'], {signal: stop.signal})).toMatchObject({error: 'ABORTED', timedOut: false})
  expect(await run(['sh', '-c', 'echo x > made'], {signal: stop.signal})).toMatchObject({error: 'ABORTED'})
  expect(() => readFileSync(join(cwd, 'made'))).toThrow('ENOENT')
})

test('a program that reads nothing of a long input is no error', async () => {
  expect(await run(['true'], {input: 'x'.repeat(1_000_000)})).toMatchObject({code: 0})
})
