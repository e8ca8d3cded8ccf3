import {type ChildProcess, spawn} from 'node:child_process'
import {chmodSync, existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import {describe, expect, test} from 'vitest'
import {cleanEnv, mcos} from '../../testing/built-mcos.js'
import {expectSoon} from '../../testing/expect-soon.js'
import {openScene} from '../../testing/heartbeat-scene.js'
import {isSoonGone} from '../../testing/is-gone.js'
import {asksFor, says} from '../../testing/model-server/behaviour.js'
import {openRunScene, type RunScene, writes} from '../../testing/run-scene.js'

const bin = fileURLToPath(new URL('../../bin/mcos.js', import.meta.url))

const at = ({dir}: {dir: string}) => ({cwd: dir, env: {KEY: 'sk-ant-test'}})

describe('mcos run in a pipe', () => {
  test('prints the end of the answer, and nothing else anywhere', async () => {
    const scene = await openRunScene([
      asksFor([writes('a.md')], {text: 'I begin.'}),
      says('It is \u001b[31mdone\u001b[0m.'),
    ])
    const ran = await mcos(['run', 'donna', 'Write a'], at(scene))
    expect(ran).toMatchObject({code: 0, stdout: 'It is done.\n', stderr: ''})
  })

  test('takes its text from the standard input or a file', async () => {
    const scene = await openRunScene([says('One.'), says('Two.')])
    scene.write('ask.md', 'What is in the file?')
    const piped = await mcos(['run', 'donna', '-'], {...at(scene), input: 'What is in the pipe?\n'})
    expect(piped).toMatchObject({code: 0, stdout: 'One.\n'})
    expect((await mcos(['run', 'donna', '--file', 'ask.md'], at(scene))).stdout).toBe('Two.\n')
    const sent = scene.server.requests.map(({raw}) => raw.toString())
    expect(sent[0]).toContain('What is in the pipe?')
    expect(sent[1]).toContain('What is in the file?')
    expect((await mcos(['run', 'donna'], at(scene))).code).toBe(2)
    expect((await mcos(['run', 'donna', 'x', '--turns', '3'], at(scene))).code).toBe(2)
  })

  test('is one document with --json, and a line an event with --events, the report last', async () => {
    const scene = await openRunScene([
      says('Hello.'),
      says(`Two\nlines with ghp_${'a1'.repeat(18)} in them.`, {letters: 3}),
    ])
    const one = await mcos(['run', 'donna', 'Hello', '--json'], at(scene))
    expect(JSON.parse(one.stdout)).toMatchObject({
      agent: 'donna',
      end: 'done',
      text: 'Hello.',
      model_calls: 1,
      error: null,
    })
    const {stdout, code} = await mcos(['run', 'donna', 'Hello', '--events'], at(scene))
    expect(code).toBe(0)
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as {kind: string; text?: string})
    expect(events[0]?.kind).toBe('start')
    expect(events.at(-1)).toMatchObject({kind: 'report', end: 'done'})
    const texts = events.flatMap(({kind, text}) => (kind === 'text' ? [text] : []))
    expect(texts).toEqual(['Two\n', 'lines with [redacted] in them.'])
    expect(stdout).not.toContain('ghp_')
  })

  test('is refused to an agent: it would ask another one with a person behind it', async () => {
    const scene = await openRunScene([])
    const ran = await mcos(['run', 'jarvis', 'Pay this'], {cwd: scene.dir, env: {KEY: 'x', MCOS_AGENT: 'donna'}})
    expect(ran).toMatchObject({code: 3, stderr: expect.stringContaining('Only a person')})
  })
})

describe('mcos run that is told to end', () => {
  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('by %s ends in time with its state committed', async (signal, code) => {
    const slow = says('I think about this for a very long time. '.repeat(50), {letters: 4, pauseMs: 50})
    const scene = await openRunScene([asksFor([writes('letter.md')]), slow])
    const child = start(scene, ['run', 'donna', 'Please write the letter to Ms Bell'])
    await until(() => scene.server.requests.length === 2)
    await sleep(200)
    const ended = await endWith(child, signal)
    expect(ended).toMatchObject({code})
    expectSoon(ended.ms, 20_000)
    expect(scene.git('status', '--porcelain')).toBe('')
    expect(scene.read('workspaces/donna/letter.md')).toBe('letter.md\n')
    expect(scene.read('workspaces/donna/WORKSTATE.md')).toContain('letter to Ms Bell')
    expect(locksOf(scene)).toEqual([])
  })

  test('by force is found again: the next turn begins with what it had heard', async () => {
    const slow = says('I think about this for a very long time. '.repeat(50), {letters: 4, pauseMs: 50})
    const scene = await openRunScene([slow, says('I go on with it.')])
    const child = start(scene, ['run', 'donna', 'Please write the letter to Ms Bell until Friday'])
    await until(() => scene.server.requests.length === 1)
    await sleep(200)
    await endWith(child, 'SIGKILL')
    const ran = await mcos(['run', 'donna', 'Go on.', '--json'], at(scene))
    expect(ran.code).toBe(0)
    const report = JSON.parse(ran.stdout) as {turns: string[]; commits: string[]; text: string}
    expect(report).toMatchObject({text: 'I go on with it.'})
    expect(report.commits.length).toBe(2)
    expect(scene.server.requests.at(-1)?.raw.toString()).toContain('letter to Ms Bell until Friday')
    expect(scene.git('log', '--format=%B')).toContain('which was cut off')
    expect(scene.list('.mcos/underway')).toEqual([])
    expect(scene.git('status', '--porcelain')).toBe('')
  })

  test('leaves no program behind that an engine has started', async () => {
    const script = '#!/bin/sh\nsleep 300 &\necho $! $$ > "$0.pids"\nsleep 300\n'
    const config = [
      'version: 1',
      'name: northwind',
      'engines:',
      '  code: { kind: command, run: [./claude], billing: subscription, turns_per_day: 9 }',
      'routes: { default: [code] }',
      '',
    ].join('\n')
    const probe = openScene()
    const scene = openScene({files: {'mcos.yaml': config.replace('./claude', join(probe.dir, 'claude'))}})
    probe.write('claude', script)
    chmodSync(join(probe.dir, 'claude'), 0o755)
    const pids = join(probe.dir, 'claude.pids')
    const child = start(scene, ['run', 'donna', 'Please write the letter to Ms Bell'])
    await until(() => existsSync(pids) && readFileSync(pids, 'utf8').trim() !== '')
    const ended = await endWith(child, 'SIGTERM')
    expect(ended).toMatchObject({code: 143})
    expectSoon(ended.ms, 20_000)
    for (const pid of readFileSync(pids, 'utf8').trim().split(' ')) expect(await isSoonGone(Number(pid))).toBe(true)
    expect(scene.read('workspaces/donna/WORKSTATE.md')).toContain('letter to Ms Bell')
  })
})

describe('mcos chat in a pipe', () => {
  test('answers line by line, each of them a commit, and a failure among them is in its exit code', async () => {
    const scene = await openRunScene([says('Good morning.'), says('Seven.')])
    const before = scene.countCommits()
    const ran = await mcos(['chat', 'donna', '--with', 'ada'], {...at(scene), input: 'Hello\n\nHow many?\n/cost\n'})
    expect(ran).toMatchObject({code: 0, stderr: ''})
    expect(ran.stdout).toMatch(/^Good morning\.\nSeven\.\n2 lines; cost: /)
    expect(scene.countCommits()).toBe(before + 2)
    const failing = await mcos(['chat', 'donna', '--with', 'ada', '--json'], {...at(scene), input: 'One more\n'})
    expect(failing.code).toBe(1)
    expect(JSON.parse(failing.stdout)).toMatchObject({agent: 'donna', with: 'ada', turns: [{end: 'failed'}]})
  })

  test('ends between two lines when it is told to', async () => {
    const scene = await openRunScene([says('Good morning.')])
    const child = start(scene, ['chat', 'donna', '--with', 'ada'])
    child.stdin?.write('Hello\n')
    await until(() => existsSync(join(scene.dir, 'workspaces/donna/workstate/chat-ada.md')))
    await sleep(300)
    expect(await endWith(child, 'SIGTERM')).toMatchObject({code: 143})
    expect(locksOf(scene)).toEqual([])
  })
})

function start({dir}: {dir: string}, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [bin, ...args], {cwd: dir, env: {...cleanEnv(dir), KEY: 'sk-ant-test'}, stdio: 'pipe'})
}

async function endWith(child: ChildProcess, signal: NodeJS.Signals): Promise<{code: number | null; ms: number}> {
  const started = performance.now()
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  child.kill(signal)
  return {code: await ended, ms: performance.now() - started}
}

async function until(isSo: () => boolean): Promise<void> {
  for (let waited = 0; !isSo(); waited += 50) {
    if (waited > 60_000) throw new Error('it never came to that')
    await sleep(50)
  }
}

function locksOf(scene: Pick<RunScene, 'list'>): string[] {
  return scene.list('.mcos/locks').filter((name) => name.endsWith('.lock'))
}
