import {existsSync, mkdirSync, writeFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {testNeeding} from '../../testing/needs.js'
import {tempFolder} from '../../testing/temp-folder.js'
import {runProgram} from './run.js'
import {hasSandbox, sandboxed} from './sandbox.js'

const boxed = testNeeding({program: 'bwrap', works: hasSandbox})

function scene() {
  const home = tempFolder()
  for (const folder of [
    '.mcos/keys',
    '.mcos/work/donna',
    '.git',
    'workspaces/donna',
    'workspaces/jarvis',
    'wiki/.git',
  ]) {
    mkdirSync(`${home}/${folder}`, {recursive: true})
  }
  writeFileSync(`${home}/.mcos/keys/donna.key`, 'the key')
  writeFileSync(`${home}/.mcos/work/donna/notes.md`, 'a copy')
  writeFileSync(`${home}/workspaces/jarvis/plan.md`, 'a plan')
  writeFileSync(`${home}/wiki/page.md`, 'a page')
  writeFileSync(`${home}/wiki/.git/config`, 'closed')
  const env = {PATH: process.env['PATH'], HOME: process.env['HOME']}
  const run = (
    argv: readonly string[],
    {signal, timeoutMs = 20_000}: {signal?: AbortSignal; timeoutMs?: number} = {},
  ) =>
    runProgram(
      sandboxed(argv, {
        workDir: `${home}/.mcos/work/donna`,
        at: `${home}/workspaces/donna`,
        readable: [`${home}/wiki`],
        hidden: [`${home}/wiki/.git`],
        env,
      }),
      {cwd: home, env, timeoutMs, ...(signal ? {signal} : {})},
    )
  return {home, run, sh: async (script: string) => run(['sh', '-c', script])}
}

boxed('a program reads and writes the copy at the folder\u2019s own path, and what it may read besides', async () => {
  const {home, sh} = scene()
  const {stdout, code} = await sh('pwd; cat notes.md; echo; cat ../../wiki/page.md; echo new > made.md; rm notes.md')
  expect([stdout, code]).toEqual([`${home}/workspaces/donna\na copy\na page`, 0])
  expect((await sh('ls')).stdout).toBe('made.md\n')
})

boxed('it sees no key, no other folder of the home, nothing closed, and nothing of the person', async () => {
  const {home, sh} = scene()
  const {stdout} = await sh(
    `cd ${home} && find . -mindepth 1 | sort; ls -A "$HOME"; ls /home /root /mnt /run 2>/dev/null`,
  )
  expect(stdout).not.toMatch(/keys|jarvis|config|\.mcos|\.ssh/)
  expect((await sh(`cat ${home}/.mcos/keys/donna.key`)).code).not.toBe(0)
  expect((await sh('cat /etc/shadow || cat /etc/ssh/*')).stdout).toBe('')
})

boxed('it changes nothing but the copy, its own home and /tmp', async () => {
  const {home, sh} = scene()
  for (const file of ['/usr/x', '/etc/x', '/x', `${home}/wiki/page.md`]) {
    expect((await sh(`echo x > ${file}`)).code, file).not.toBe(0)
  }
  // What lies around its folder is not there, so what it writes there is gone with it.
  await sh(
    `echo x > ${home}/x; mkdir -p ${home}/.mcos ${home}/workspaces/jarvis; echo x | tee ${home}/.mcos/STOP > ${home}/workspaces/jarvis/x`,
  )
  expect([`${home}/x`, `${home}/.mcos/STOP`, `${home}/workspaces/jarvis/x`].filter(existsSync)).toEqual([])
  expect((await sh('echo x > "$HOME/x" && echo x > /tmp/x')).code).toBe(0)
  expect((await sh('ls "$HOME/x" /tmp/x')).code).not.toBe(0)
})

boxed('it runs node, and reaches no network', async () => {
  const {run} = scene()
  const script = `fetch('http://127.0.0.1:9', {signal: AbortSignal.timeout(3000)}).catch((error) => console.log(error.cause?.code))
    require('net').connect(53, '1.1.1.1').on('error', (error) => console.log(error.code))`
  const {stdout} = await run(['node', '-e', script])
  expect(stdout).toMatch(/ENETUNREACH/)
  expect(stdout).toMatch(/ECONNREFUSED|ENETUNREACH/)
})

boxed('it has no terminal and can open none, and sees no process but its own', async () => {
  const {sh} = scene()
  const {stdout} = await sh(
    'for file in /dev/tty /dev/ptmx /dev/pts/ptmx /dev/console; do (: < $file) 2>/dev/null && echo open $file; done; ls /proc | grep -c "^[0-9]"',
  )
  expect(stdout).not.toContain('open')
  expect(Number(stdout)).toBeLessThan(6)
})

boxed('nothing of it outlives its turn, not even what it has sent to the background', async () => {
  const {home, run} = scene()
  const end = new AbortController()
  const endless = 'setsid sh -c "while :; do date +%N >> alive; sleep 0.05; done" & sleep 100'
  const running = run(['sh', '-c', endless], {signal: end.signal})
  const alive = () =>
    runProgram(['cat', `${home}/.mcos/work/donna/alive`], {
      cwd: home,
      env: {PATH: process.env['PATH']},
      timeoutMs: 60_000,
    })
  while ((await alive()).stdout === '') await new Promise((resolve) => setTimeout(resolve, 50))
  end.abort()
  expect((await running).error).toBe('ABORTED')
  let [before, now] = ['', (await alive()).stdout]
  expect(now).not.toBe('')
  // What is killed ends when the kernel gets to it.
  for (let look = 0; look < 40 && now !== before; look++) {
    before = now
    await new Promise((resolve) => setTimeout(resolve, 500))
    now = (await alive()).stdout
  }
  expect(now).toBe(before)
})

test('no secret of the environment stands on its command line', () => {
  const env = {HOME: '/home/ada', PATH: '/usr/bin', MCOS_TOKEN: 'sha256:secret'}
  const line = sandboxed(['true'], {workDir: '/w', at: '/at', readable: [], env})
  expect(line.join(' ')).not.toContain('secret')
  expect(line).not.toContain('--share-net')
})
