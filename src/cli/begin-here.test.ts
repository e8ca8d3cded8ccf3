import {spawn} from 'node:child_process'
import {existsSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, test} from 'vitest'
import {cleanEnv, mcos} from '../../testing/built-mcos.js'
import {testNeeding} from '../../testing/needs.js'
import {openRepository} from '../../testing/repository-scene.js'
import {tempFolder} from '../../testing/temp-folder.js'

const bin = fileURLToPath(new URL('../../bin/mcos.js', import.meta.url))

/** On a terminal of its own; each answer is typed when its prompt stands there. */
function onTerminal(cwd: string, answers: readonly string[]): Promise<{code: number | null; shown: string}> {
  const line = `stty -echo; '${process.execPath}' '${bin}' init`
  const child = spawn('script', ['-qec', line, '/dev/null'], {
    cwd,
    env: {...cleanEnv(cwd), TERM: 'xterm', ANTHROPIC_API_KEY: 'sk-ant-none'},
    stdio: 'pipe',
  })
  const left = [...answers]
  let shown = ''
  let seen = 0
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text
    for (let at = shown.indexOf('] ', seen); at >= 0; at = shown.indexOf('] ', seen)) {
      seen = at + 2
      const next = left.shift()
      if (next !== undefined) child.stdin.write(next)
    }
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({code, shown: shown.replaceAll('\r', '')}))
  })
}

testNeeding('script')(
  'on a terminal, Enter to every question ends with a first heartbeat that found something',
  async () => {
    const home = tempFolder()
    openRepository(join(home, 'app')).write('new.txt', 'x')
    const {code, shown} = await onTerminal(home, ['\r', '\r', 'otto\r', 'rules\r', '\r', '\r'])
    expect(shown).toContain('Where shall the fleet live?')
    expect(shown).toContain('! ~/app (main): 1 new file that git does not know; last commit today')
    expect(shown).toMatch(/otto {2}worked {2}[0-9a-f]{10}/)
    expect(code).toBe(0)
    expect(existsSync(join(home, 'my-fleet/workspaces/otto/SOUL.md'))).toBe(true)
  },
)

testNeeding('script')('Ctrl-C in the middle of the questions leaves nothing', async () => {
  const home = tempFolder()
  const {code, shown} = await onTerminal(home, ['\r', '\u0003'])
  expect(shown).toContain('Nothing was made.')
  expect(code).toBe(130)
  expect(readdirSync(home)).toEqual([])
})

test('without a terminal nothing is asked: it says which flags are open', async () => {
  const home = tempFolder()
  const {code, stderr} = await mcos(['init', 'fleet-1', '--engine', 'rules'], {cwd: home})
  expect(code).toBe(2)
  expect(stderr).toContain('runs without one: --template or --adopt, --agent, --watch, --schedule are open')
  expect(stderr).toContain('--yes')
  expect(stderr).toContain('mcos init my-fleet --template … --agent … --watch … --schedule …')
  expect(readdirSync(home)).toEqual([])
})

test('a whole answer in flags asks nothing and makes a fleet, as data too', async () => {
  const home = tempFolder()
  const flags = ['--template', 'solo', '--agent', 'otto', '--engine', 'rules', '--watch', 'none', '--schedule', 'none']
  const {code, stdout, stderr} = await mcos(['init', 'mine', ...flags, '--json'], {cwd: home})
  expect([code, stderr]).toEqual([0, ''])
  expect(JSON.parse(stdout)).toMatchObject({
    fleet: 'mine',
    agents: ['otto'],
    engine: 'rules',
    schedule: {kind: 'none', installed: false},
  })
})

test.each([
  [['init', 'agnet', '--yes'], 'nearly "agent"'],
  [['init', 'x', '--yes', '--adopt', '.'], "so it is no agent's workspace"],
  [['init', 'x', '--yes', '--template', 'enginer'], 'mcos init --template engineer'],
  [['init', 'x', '--yes', '--engine', 'calude'], '--engine claude'],
  [['init', 'x', '--yes', '--watch', '/etc'], 'neither a git repository nor a maildir'],
  [['init', 'x', '--yes', '--agent', 'A B'], '"A B"'],
])('%j is refused with what would be right, and nothing is made', async (argv, sentence) => {
  const home = tempFolder()
  const {code, stderr} = await mcos(argv, {cwd: home})
  expect([code, stderr]).toEqual([2, expect.stringContaining(sentence)])
  expect(readdirSync(home)).toEqual([])
})

test('where a fleet is already, it names the way in and a folder that is free', async () => {
  const home = tempFolder()
  await mcos(['init', 'fleet', 'mine'], {cwd: home})
  const {code, stderr} = await mcos(['init', 'mine', '--yes'], {cwd: home})
  expect(code).toBe(2)
  expect(stderr).toContain('  cd mine && mcos status\n  mcos init mine-2')
})

test('in a fleet it names what to do there instead', async () => {
  const home = tempFolder()
  await mcos(['init', 'fleet', 'f'], {cwd: home})
  const {code, stderr} = await mcos(['init', '--yes'], {cwd: join(home, 'f')})
  expect([code, stderr]).toEqual([2, expect.stringContaining('mcos init agent NAME')])
})
