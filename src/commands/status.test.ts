import {spawn} from 'node:child_process'
import {fileURLToPath} from 'node:url'
import {expect, inject, test} from 'vitest'
import {cleanEnv, mcos} from '../../testing/built-mcos.js'
import {openScene} from '../../testing/heartbeat-scene.js'

const bin = fileURLToPath(new URL('../../bin/mcos.js', import.meta.url))

/** A status that goes on; `until` waits for what it prints. */
function watch(cwd: string, ...args: string[]) {
  const failure = inject('buildFailure')
  if (failure !== null) throw new Error(failure)
  const child = spawn(process.execPath, [bin, 'status', '--watch', ...args], {cwd, env: cleanEnv(cwd), stdio: 'pipe'})
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const until = async (wanted: RegExp): Promise<string> => {
    for (let tries = 0; tries < 1_200; tries += 1) {
      if (wanted.test(text)) return text
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error(`never printed ${wanted}:\n${text}`)
  }
  return {child, ended, until}
}

test('piped, it is the table, and with --watch a line for each change until Ctrl-C', async () => {
  const scene = openScene({at: new Date().toISOString()})
  const {stdout} = await mcos(['status'], {cwd: scene.dir})
  expect(stdout).toMatch(/^AGENT +ROLE +STATE/m)
  expect(stdout).not.toContain('\u001b')
  const {child, ended, until} = watch(scene.dir)
  await until(/2 agents, 0 unread/)
  await scene.send('donna', 'Hello')
  await until(/^\d\d:\d\d donna: 1 message unread$/m)
  scene.write('.mcos/STOP.donna', '')
  await until(/^\d\d:\d\d donna: new → stopped$/m)
  child.kill('SIGINT')
  expect(await ended).toBe(130)
})

test('with --json --watch each change is a document on one line, and a reader that has seen enough ends it', async () => {
  const scene = openScene({at: new Date().toISOString()})
  const {child, ended, until} = watch(scene.dir, '--json')
  await until(/"inbox": ?0/)
  await scene.send('donna', 'Hello')
  const text = await until(/"inbox": ?1.*\n/)
  for (const line of text.trimEnd().split('\n')) expect(JSON.parse(line)).toMatchObject({fleet: 'northwind'})
  child.stdout.destroy()
  await scene.send('donna', 'Nobody reads of this')
  expect(await ended).toBe(0)
})
