import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {userInfo} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, vi} from 'vitest'
import {openApprovalScene, WORDS} from '../../../testing/approval-scene.js'
import {expectSoon} from '../../../testing/expect-soon.js'
import {openScene, type Scene} from '../../../testing/heartbeat-scene.js'
import {testNeeding} from '../../../testing/needs.js'
import {openTmux, type Tmux} from '../../../testing/tmux.js'
import {setPassphrase} from '../../guard/people/open-person.js'

const bin = fileURLToPath(new URL('../../../bin/mcos.js', import.meta.url))
const testInTmux = testNeeding('tmux')
/** As slow as a test can wait for. */
const QUICK = {n: 2 ** 10, r: 8, p: 1}
const NOW = () => new Date().toISOString()

/** A shell, with the screen open in it. */
async function openScreen(scene: Scene, size: {columns: number; rows: number}): Promise<Tmux & {before: string}> {
  const terminal = await openTmux({cwd: scene.dir, ...size})
  const before = await terminal.settings()
  terminal.type(`echo before; ${terminal.mcos('status')}; echo "left with $?"`)
  terminal.press('Enter')
  await terminal.until(/2 agents ·/)
  return {...terminal, before}
}

/** The terminal is as it was, and shows again what it showed. */
async function expectLeft(terminal: Tmux & {before: string}, code: number): Promise<void> {
  await terminal.until(`left with ${code}`)
  expect(terminal.screen()).toContain('before')
  expect(terminal.isOnOtherScreen()).toBe(false)
  expect(terminal.isCursorShown()).toBe(true)
  expect(await terminal.settings()).toBe(terminal.before)
}

const SIZES = [
  [60, 15],
  [80, 24],
  [120, 40],
  [200, 60],
] as const

for (const [columns, rows] of SIZES) {
  testInTmux(
    `at ${columns}×${rows} a message shows within a second, and leaving leaves the terminal as it was`,
    async () => {
      const scene = openScene({at: NOW()})
      const terminal = await openScreen(scene, {columns, rows})
      for (const line of terminal.screen().split('\n')) expect(line.length).toBeLessThanOrEqual(columns)
      await scene.send('donna', 'The first')
      await terminal.until(/donna +· new.* 1 /)
      const times: number[] = []
      for (const count of [2, 3, 4]) {
        await scene.send('donna', 'Another')
        const sent = performance.now()
        await terminal.until(new RegExp(`donna +· new.* ${count} `))
        times.push(performance.now() - sent)
      }
      expectSoon(Math.min(...times), 1000)
      terminal.resize(columns + 20, rows + 6)
      await terminal.until(new RegExp(`(?:\\n.*){${rows + 4}}q quit`))
      terminal.resize(60, 15)
      await terminal.until(/(?:\n.*){13}q quit/)
      expect(terminal.screen()).toContain('donna')
      terminal.press('q')
      await expectLeft(terminal, 0)
    },
  )
}

/** What only a terminal proves: that these keys are what it sends for them. */
const MOVES = [
  ['Down', 'jarvis'],
  ['Up', 'donna'],
  ['PageDown', 'jarvis'],
  ['PageUp', 'donna'],
  ['End', 'jarvis'],
  ['Home', 'donna'],
] as const

testInTmux('every key does what its word says, on the disk', async () => {
  const scene = openScene({at: NOW()})
  const there = (path: string) => existsSync(join(scene.dir, path))
  const terminal = await openScreen(scene, {columns: 120, rows: 40})
  const press = async (keys: string, wanted: string | RegExp): Promise<void> => {
    terminal.type(keys)
    await terminal.until(wanted)
  }
  await press('s', 'Stop donna?')
  await press('x', /^(?![\s\S]*Stop donna)/)
  expect(there('.mcos/STOP.donna')).toBe(false)
  await press('sy', '■ stopped')
  expect(there('.mcos/STOP.donna')).toBe(true)
  await press('r', 'donna goes on')
  expect(there('.mcos/STOP.donna')).toBe(false)
  await press('Sy', 'STOPPED')
  expect(there('.mcos/STOP')).toBe(true)
  await press('ry', 'The fleet goes on')
  expect(there('.mcos/STOP')).toBe(false)
  await press('py', '‖ parked')
  expect(there('workspaces/donna/PARKED.md')).toBe(true)
  await press('w', 'donna is awake')
  expect(there('workspaces/donna/PARKED.md')).toBe(false)
  await terminal.until('donna    · new')
  await press('b', /Beat of donna: idle/)
  expect(there('.mcos/beats/donna.json')).toBe(true)
  await press('j', /› jarvis/)
  await press('k', /› donna/)
  for (const [key, agent] of MOVES) {
    terminal.press(key)
    await terminal.until(`› ${agent}`)
  }
  terminal.press('C-l')
  terminal.press('C-z')
  await terminal.until(/Stopped[\s\S]*\$/)
  expect(terminal.isOnOtherScreen()).toBe(false)
  expect(terminal.isCursorShown()).toBe(true)
  terminal.type('fg')
  terminal.press('Enter')
  await terminal.until('› donna')
  expect(terminal.isOnOtherScreen()).toBe(true)
  await press('/jar', /^(?![\s\S]*donna)/)
  terminal.press('Escape')
  await terminal.until('› donna')
  await press('?', 'Stops the whole fleet.')
  await press('x', '› donna')
  terminal.press('Enter')
  await terminal.until('[1 log]')
  await press('2', '[2 work]')
  await press('3', '[3 turn]')
  await press('4', '[4 inbox]')
  terminal.press('Tab')
  await terminal.until('[1 log]')
  terminal.press('BTab')
  await terminal.until('[4 inbox]')
  terminal.press('Left')
  await terminal.until(/^(?![\s\S]*1 log)/)
  terminal.press('Right')
  await terminal.until('[4 inbox]')
  terminal.press('Escape')
  await terminal.until(/^(?![\s\S]*1 log)/)
  terminal.press('C-c')
  // The shell's own line was over when it was stopped; until it has the terminal again, what is typed is heard by nobody.
  await vi.waitUntil(() => terminal.child() === 0, 60_000)
  terminal.type('echo "left with $?"')
  terminal.press('Enter')
  await expectLeft(terminal, 130)
})

/** Until the screen has seen that the last request is answered, the next one could be taken for it. */
const NOBODY_WAITS = /^(?![\s\S]*waiting for you)/

testInTmux(
  'an approval is answered on the terminal itself, with a passphrase that nobody sees, and the screen comes back',
  async () => {
    const people = `people:\n  ada: { approves: [all], via: [terminal, "terminal:${userInfo().username}"] }\n`
    const scene = openApprovalScene({at: NOW(), people})
    const {mcos, clock} = await scene.open()
    setPassphrase(mcos, {name: 'ada', passphrase: WORDS, old: null, now: clock.now(), cost: QUICK})
    const first = await scene.raise()
    const terminal = await openScreen(scene, {columns: 100, rows: 30})
    await terminal.until('1 waiting for you')
    terminal.type('y')
    await terminal.until('Passphrase of ada:')
    expect(terminal.screen()).toContain('| Dear Ms Bell')
    terminal.type(WORDS)
    terminal.press('Enter')
    await terminal.until('Yes to donna')
    expect(terminal.isOnOtherScreen()).toBe(true)
    expect(await scene.statusOf(first)).toBe('approved')
    await terminal.until(NOBODY_WAITS)
    const second = await scene.raise({target: 'workspaces/donna/other.md'})
    await terminal.until('1 waiting for you')
    terminal.type('n')
    await terminal.until('Refuse what donna asks for?')
    terminal.type('y')
    // The first request still stands on this screen: what is typed before the second is asked would be shown.
    await terminal.until(/other\.md[\s\S]*Passphrase of ada:/)
    terminal.type(WORDS)
    terminal.press('Enter')
    await terminal.until('No to donna')
    expect(terminal.screen()).not.toContain(WORDS)
    expect(await scene.statusOf(second)).not.toBe('waiting')
    await terminal.until(NOBODY_WAITS)
    await scene.raise({target: 'workspaces/donna/third.md'})
    await terminal.until('1 waiting for you')
    terminal.type('y')
    await terminal.until(/third\.md[\s\S]*Passphrase of ada:/)
    terminal.press('C-c')
    await terminal.until('left with 130')
    expect(terminal.isOnOtherScreen()).toBe(false)
    expect(await terminal.settings()).toBe(terminal.before)
  },
)

testInTmux('a beat that is killed leaves the screen as it is, and the terminal as it was', async () => {
  const scene = openScene({
    at: NOW(),
    files: {'workspaces/donna/HEARTBEAT.md': '## Every heartbeat\n- It answers `run: sleep 60`\n'},
  })
  scene.trust('donna', [{kind: 'run', text: 'run: sleep 60'}])
  const terminal = await openScreen(scene, {columns: 80, rows: 24})
  terminal.type('b')
  await terminal.until('▶ busy')
  const lock = join(scene.dir, '.mcos/locks/donna.lock')
  await vi.waitUntil(() => existsSync(lock) && readdirSync(lock).length > 0, 60_000)
  const [holder = ''] = readdirSync(lock)
  const {pid} = JSON.parse(readFileSync(join(lock, holder), 'utf8'))
  process.kill(pid, 'SIGKILL')
  await terminal.until('ended by SIGKILL')
  terminal.type('?')
  await terminal.until('any key back')
  terminal.type('xq')
  await expectLeft(terminal, 0)
})

for (const [signal, code] of [
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  testInTmux(`${signal} from elsewhere leaves the terminal as it was`, async () => {
    const scene = openScene({at: NOW()})
    const terminal = await openTmux({cwd: scene.dir})
    const before = await terminal.settings()
    terminal.type(`echo before; sh -c 'echo $$ > .pid; exec ${process.execPath} ${bin} status'; echo "left with $?"`)
    terminal.press('Enter')
    await terminal.until(/2 agents ·/)
    process.kill(Number(readFileSync(join(scene.dir, '.pid'), 'utf8')), signal)
    await expectLeft({...terminal, before}, code)
  })
}
