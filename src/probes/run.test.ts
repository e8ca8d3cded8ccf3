import {chmodSync, existsSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {expectSoon} from '../../testing/expect-soon.js'
import {probeCall, probeContext} from '../../testing/probe-context.js'
import {tempFolder} from '../../testing/temp-folder.js'
import {openFolder} from '../kit/folder.js'
import type {ProbeContext, Reading} from './probe.js'
import {readAll} from './read-all.js'
import {runRecover} from './recover.js'
import {runProbe} from './run.js'

async function run(text: string, more: Partial<ProbeContext> = {}): Promise<Reading> {
  const context = {...probeContext({}, {isTrusted: () => true, ...more}), previousOf: () => null}
  const [sighting] = await readAll([probeCall(text)], [runProbe], context)
  if (!sighting) throw new Error('no reading')
  return sighting.reading
}

test('nothing runs before exactly its text was trusted', async () => {
  const trusted: string[] = []
  const context = probeContext({}, {isTrusted: (kind, text) => trusted.includes(`${kind} ${text}`)})
  const made = join(context.home.dir, 'workspaces/donna/made')
  const text = 'run: touch  made'
  trusted.push('run run: touch made', 'recover run: touch  made', 'run touch  made')
  expect(await runProbe.read(probeCall(text), context)).toEqual({
    level: 'failed',
    fingerprint: 'failed: not trusted on this machine: mcos trust donna',
    detail: 'not trusted on this machine: mcos trust donna',
  })
  expect(existsSync(made)).toBe(false)
  trusted.push(`run ${text}`)
  expect((await runProbe.read(probeCall(text), context)).level).toBe('ok')
  expect(existsSync(made)).toBe(true)
})

test('blanks inside quotes reach the program as they were trusted', async () => {
  expect(await run('run: echo "a   b" c')).toMatchObject({level: 'ok', detail: 'a b c'})
  const [one, other] = [await run('run: echo "a   b"'), await run('run: echo "a b"')]
  expect(one.fingerprint).not.toBe(other.fingerprint)
})

test('what a command prints is its fingerprint, how it ends its level', async () => {
  const fine = await run('run: echo fine')
  expect(await run('run: echo fine')).toEqual(fine)
  expect(fine).toMatchObject({level: 'ok', detail: 'fine'})
  expect((await run('run: echo other')).fingerprint).not.toBe(fine.fingerprint)
  const bad = await run(`run: sh -c 'echo out; printf "\\033[31mfull: 93 \\033[0m\\n" >&2; exit 3'`)
  expect(bad).toMatchObject({level: 'alert', detail: 'exit 3: full: 93'})
  expect(bad.fingerprint).toMatch(/^exit 3 sha256:/)
  expect(await run('run: false')).toMatchObject({level: 'alert', detail: 'exit 1'})
  expect(await run(`run: sh -c 'kill -SEGV $$'`)).toMatchObject({level: 'alert', detail: 'it was ended by SIGSEGV'})
  expect(await run('run: true')).toMatchObject({level: 'ok', detail: 'it ended well and said nothing'})
})

test.each([
  ['run: df -h | grep /', 'only a shell understands'],
  ['run: echo $(id)', 'only a shell understands'],
  ['run: rm -rf x; true', 'only a shell understands'],
  ['run: no-such-program --x', 'no-such-program is not installed here'],
  ['run:', 'names no program'],
  ["run: echo 'a", 'never closes'],
])('%s can not run', async (text, detail) => {
  const reading = await run(text)
  expect(reading.level).toBe('failed')
  expect(reading.detail).toContain(detail)
})

test('a command that hangs is ended with all it started', async () => {
  const begin = performance.now()
  expect(await run(`run: sh -c 'sleep 60 & sleep 60'`, {timeoutMs: 200})).toMatchObject({
    level: 'failed',
    detail: 'it did not end within 0.2 s',
  })
  expectSoon(performance.now() - begin, 20_000)
})

test('it runs in the agent folder and knows no secrets', async () => {
  const env = {...process.env, ANTHROPIC_API_KEY: 'hunter2'}
  expect((await run('run: pwd')).detail).toMatch(/\/workspaces\/donna$/)
  expect(await run(`run: sh -c 'env | grep -c hunter2'`, {env})).toMatchObject({level: 'alert', detail: 'exit 1: 0'})
})

test('an agent folder that is a link is not entered', async () => {
  const context = probeContext({}, {isTrusted: () => true})
  symlinkSync(tempFolder(), join(context.home.dir, 'linked'))
  const agent = {name: 'donna', path: 'linked'}
  const home = openFolder(context.home.dir)
  expect(await runProbe.read(probeCall('run: pwd'), {...context, home, agent})).toMatchObject({level: 'failed'})
})

test('a recovery runs only when it is trusted as one, and says how it ended', async () => {
  const context = probeContext()
  const script = join(context.home.dir, 'workspaces/donna/fix.sh')
  writeFileSync(script, '#!/bin/sh\necho "started \u001b[32mapp"\nexit $1\n')
  chmodSync(script, 0o755)
  const recover = (text: string, kinds: readonly string[], timeoutMs = 60_000) =>
    runRecover(text, {...context, timeoutMs, isTrusted: (kind) => kinds.includes(kind)})
  expect(await recover('recover: ./fix.sh 0', ['run'])).toEqual({
    outcome: 'refused',
    detail: 'not trusted on this machine: mcos trust donna',
  })
  expect(await recover('recover: ./fix.sh 0', ['recover'])).toEqual({outcome: 'done', detail: 'started app'})
  expect(await recover('./fix.sh 4', ['recover'])).toEqual({outcome: 'failed', detail: 'exit 4: started app'})
  expect(await recover('recover: sleep 300', ['recover'], 500)).toEqual({
    outcome: 'failed',
    detail: 'it did not end within 0.5 s',
  })
  expect((await recover('recover: no-such-program', ['recover'])).outcome).toBe('refused')
})
