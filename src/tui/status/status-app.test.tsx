import {appendFileSync, mkdirSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {PassThrough} from 'node:stream'
import {render} from 'ink'
import {afterEach, expect, test, vi} from 'vitest'
import {openScene, type Scene} from '../../../testing/heartbeat-scene.js'
import {followStatus} from '../../app/status/follow-status.js'
import {FullScreen} from '../full-screen.js'
import {inkStream} from '../ink-stream.js'
import {LineBook, LineBookContext} from '../line-book.js'
import type {Acts} from './acts.js'
import type {ScreenActs} from './press-key.js'
import {StatusApp} from './status-app.js'
import {ViewStore} from './view-store.js'

const ESC = '\u001b'
const KEYS = {
  up: `${ESC}[A`,
  down: `${ESC}[B`,
  home: `${ESC}[H`,
  end: `${ESC}[F`,
  pageup: `${ESC}[5~`,
  pagedown: `${ESC}[6~`,
  shiftTab: `${ESC}[Z`,
} as const

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** Agents of these names, on a screen that hears what a terminal sends and tells what it was asked to do. */
async function openApp(names: readonly string[], {columns = 80, rows = 24, isAgent = false, scene = openScene()} = {}) {
  for (const name of names) addAgent(scene, name)
  for (const name of ['donna', 'jarvis']) if (!names.includes(name)) removeAgent(scene, name)
  const source = await followStatus(await scene.open(), {reopen: () => scene.open()})
  const done: string[] = []
  const store = new ViewStore()
  const stdin = Object.assign(new PassThrough(), {isTTY: true, setRawMode: () => stdin, ref: () => {}, unref: () => {}})
  const terminal = new FullScreen({columns, rows, write: () => true, on: () => undefined, off: () => undefined})
  let frame = ''
  terminal.show = (text) => {
    frame = text.replace(/\u001b\[[0-9;]*m/g, '')
  }
  const book = new LineBook()
  const note =
    (act: string) =>
    async (agent: string | null, answer = '') => {
      done.push([act, agent ?? 'the fleet', answer].join(' ').trim())
      return {text: 'It is done.', isBad: false}
    }
  const acts: Acts = {
    beat: note('beat'),
    park: note('park'),
    wake: note('wake'),
    stop: note('stop'),
    resume: note('resume'),
    answer: note('answer'),
    end: () => undefined,
  }
  const screen: ScreenActs = {
    quit: (code) => void done.push(`quit ${code}`),
    redraw: () => void done.push('redraw'),
    suspend: () => void done.push('suspend'),
  }
  const app = (
    <LineBookContext value={book}>
      <StatusApp {...{source, acts, store, screen, isAgent}} size={{columns, rows}} hasColor={false} />
    </LineBookContext>
  )
  const ink = render(app, {
    stdout: inkStream(terminal, book),
    stdin: stdin as unknown as NodeJS.ReadStream,
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
  })
  closing.push(async () => {
    ink.unmount()
    await source.close()
  })
  const see = (wanted: RegExp | string) =>
    vi.waitFor(() => expect(frame).toMatch(wanted), {
      timeout: 60_000,
      interval: 5,
    })
  const press = async (bytes: string, wanted: RegExp | string) => {
    // What stood there before is no answer to a key.
    frame = ''
    stdin.write(bytes)
    await see(wanted)
  }
  await vi.waitUntil(() => source.snapshot().isComplete, 60_000)
  await see(`› ${[...names].sort()[0]} `)
  return {scene, done, press, see, frame: () => frame, source}
}

function addAgent(scene: Scene, name: string): void {
  scene.write(`workspaces/${name}/SOUL.md`, `---\nrole: ${name} at work\n---\n# ${name}\n`)
}

function removeAgent(scene: Scene, name: string): void {
  rmSync(join(scene.dir, 'workspaces', name), {recursive: true})
}

/** As many agents as asked for: bot-00, bot-01, … */
const bots = (count: number) => Array.from({length: count}, (_, index) => `bot-${String(index).padStart(2, '0')}`)

test('arrows, pages and ends move in the list as far as it goes', async () => {
  const {press} = await openApp(bots(40))
  await press(KEYS.down, /› bot-01 /)
  await press(`${ESC}OB`, /› bot-02 /)
  await press(KEYS.up, /› bot-01 /)
  await press(KEYS.pagedown, /› bot-19 /)
  await press(KEYS.pageup, /› bot-01 /)
  await press(KEYS.end, /› bot-39 /)
  await press(KEYS.down.repeat(30), /› bot-39 /)
  await press(KEYS.home, /› bot-00 /)
  await press('j'.repeat(25), /› bot-25 /)
  await press('G', /› bot-39 /)
  await press('g', /› bot-00 /)
})

test('a log opens at its end, is read upwards, stays where it is read, and follows again from its end on', async () => {
  const scene = openScene()
  mkdirSync(join(scene.dir, 'workspaces/donna/memory'), {recursive: true})
  const log = join(scene.dir, 'workspaces/donna/memory/2026-11-21.md')
  const lines = (from: number, to: number) =>
    Array.from({length: to - from + 1}, (_, index) => `- line ${from + index}.\n`).join('')
  writeFileSync(log, lines(1, 99))
  const {press, see, frame} = await openApp(['donna', 'jarvis'], {scene})
  await press('\r', /84-100 of 100[\s\S]*line 99\./)
  await press(KEYS.pageup, /68-84 of 100/)
  await press(KEYS.up, /67-83 of 100/)
  appendFileSync(log, lines(100, 109))
  await see(/67-83 of 110/)
  expect(frame()).toContain('line 66.')
  await press(KEYS.home, /1-17 of 110/)
  await press(KEYS.pageup, /1-17 of 110/)
  await press(KEYS.pagedown, /17-33 of 110/)
  await press(`${KEYS.pagedown.repeat(20)}${KEYS.pageup}`, /78-94 of 110/)
  await press(KEYS.end, /94-110 of 110/)
  appendFileSync(log, lines(110, 110))
  await see(/95-111 of 111[\s\S]*line 110\./)
  await press('\t', /\[2 work\]/)
  await press(KEYS.shiftTab, /\[1 log\]/)
  await press('\u007f', /› donna/)
})

test('beside the list, arrows lead to the next agent and pages move in the opened one', async () => {
  const {press} = await openApp(['donna', 'jarvis'], {columns: 120})
  await press('\r', /donna at work[\s\S]*\[1 log\]/)
  await press(KEYS.down, /jarvis at work[\s\S]*\[1 log\]/)
  await press(KEYS.end, /› jarvis/)
  await press(KEYS.home, /› jarvis/)
})

test('the cursor stays on its agent as others come and go, and on nobody when it is gone', async () => {
  const {scene, press, see, frame, done, source} = await openApp(['donna', 'flow', 'jarvis'])
  await press(KEYS.down, /› flow/)
  addAgent(scene, 'atlas')
  await see(/ {2}atlas[\s\S]*› flow/)
  removeAgent(scene, 'donna')
  await vi.waitUntil(() => !source.snapshot().roster.includes('donna'), 60_000)
  await see(/› flow/)
  removeAgent(scene, 'flow')
  await see(/flow is gone; no key acts/)
  expect(frame()).not.toContain('›')
  await press('b', /b: no agent is chosen/)
  expect(done).toEqual([])
  await press(KEYS.down, /› jarvis/)
  await press('b', /It is done/)
  expect(done).toEqual(['beat jarvis'])
})

test('the first agent is chosen once, and not whoever comes before it', async () => {
  const {scene, press, see, done} = await openApp(['donna', 'jarvis'])
  addAgent(scene, 'atlas')
  await see(/ {2}atlas[\s\S]*› donna/)
  await press('b', /It is done/)
  expect(done).toEqual(['beat donna'])
})

test('several keys that are heard at once are taken one after the other', async () => {
  const {press, done} = await openApp(['donna', 'flow', 'jarvis'])
  await press('jb', /It is done/)
  await press('jsy', /› jarvis/)
  await vi.waitUntil(() => done.length === 2, 60_000)
  expect(done).toEqual(['beat flow', 'stop jarvis'])
})

test('what a filter has found is chosen by Enter, and stays under the cursor when its state no longer fits', async () => {
  const {scene, press, see, frame, done} = await openApp(['donna', 'flow', 'jarvis'])
  scene.write('.mcos/STOP.flow', '')
  scene.write('.mcos/STOP.jarvis', '')
  await see(/flow +■ stopped[\s\S]*jarvis +■ stopped/)
  await press('/stopx\u007f', /\/stop[\s\S]*move/)
  expect(frame()).not.toContain('donna')
  await press(KEYS.down, /› jarvis/)
  await press('\r', /filter: stop/)
  rmSync(join(scene.dir, '.mcos/STOP.jarvis'))
  await see(/› jarvis +· new/)
  await press('b', /filter: stop[\s\S]*It is done/)
  expect(done).toEqual(['beat jarvis'])
  await press(KEYS.up, /› flow/)
  expect(frame()).not.toContain('jarvis')
  await press(`${ESC}[D`, /› flow[\s\S]*jarvis/)
})

test('a filter is taken back whole by Esc and a letter at a time by Backspace, and finds a name however it is written', async () => {
  const scene = openScene()
  scene.write('workspaces/donna/SOUL.md', '---\nrole: Zoe\u0301s hand\n---\n# donna\n')
  const {press, frame} = await openApp(['jarvis'], {scene})
  expect(frame()).not.toContain('donna')
  addAgent(scene, 'flow')
  await press('/zoé', /No agent fits/)
  await press('e\u0301\u007f\u007f\u007f\u007f', / \/ [\s\S]*all agents/)
  await press('abc\u0015', /› jarvis/)
  await press('xyz', /No agent fits/)
  await press('\r', /filter: xyz/)
  await press('b', /b: no agent is chosen/)
  await press(`${ESC}OD`, /› flow|› jarvis/)
})

test('pasted text filters and is no key, with brackets or without', async () => {
  const {press, done} = await openApp(['donna', 'jarvis'])
  await press(`${ESC}[200~Sy\rq${ESC}[201~`, /What is pasted is not taken for keys/)
  await press('Syq and so on, a whole sentence', /What is pasted is not taken for keys/)
  await press(`/${ESC}[200~jar\r\nvis \u0007${ESC}[31m\t${ESC}[201~`, /\/jar vis/)
  expect(done).toEqual([])
})

test('the stop of the whole fleet is lifted only after a yes, and one that comes between is none that was meant', async () => {
  const {scene, press, see, done} = await openApp(['donna', 'jarvis'])
  scene.write('.mcos/STOP', '')
  await see('STOPPED')
  await press('r', /Resume the whole fleet\? +y: yes/)
  await press('x', /Nothing was done/)
  expect(done).toEqual([])
  await press('r', /Resume the whole fleet\?/)
  rmSync(join(scene.dir, '.mcos/STOP'))
  scene.write('.mcos/STOP.donna', '')
  await see(/^(?![\s\S]*STOPPED)/)
  await press('y', /It is done/)
  // What another process wrote is on the screen before a key counts on it.
  await see(/donna +■ stopped/)
  await press('r', /It is done/)
  await press('S\r', /Nothing was done/)
  await press('Sy', /It is done/)
  await vi.waitUntil(() => done.length === 3, 60_000)
  expect(done).toEqual(['resume the fleet', 'resume donna', 'stop the fleet'])
})

test('any key closes the help, q too; Ctrl-C, Ctrl-L and Ctrl-Z mean the same everywhere', async () => {
  const {press, done, see} = await openApp(['donna', 'jarvis'])
  for (const key of ['q', '?', ESC, KEYS.down, '\r']) {
    await press('?', /any key back, also q/)
    await press(key, /› donna/)
  }
  expect(done).toEqual([])
  await press('?', /any key back/)
  await press('\u000c\u001a\u0003', /any key back/)
  await press('x/', / \/ /)
  await press('\u000c\u0003', / \/ /)
  await press('\rs', /Stop donna\?/)
  await press('\u0003', /Stop donna\?/)
  await press('x', /Nothing was done/)
  await press('q', /› donna/)
  await vi.waitUntil(() => done.length === 7, 60_000)
  expect(done).toEqual(['redraw', 'suspend', 'quit 130', 'redraw', 'quit 130', 'quit 130', 'quit 0'])
  await see(/› donna/)
})

test('an agent that runs the screen moves in it, and no key of its acts', async () => {
  const {press, done} = await openApp(['donna', 'jarvis'], {isAgent: true})
  await press(KEYS.down, /› jarvis/)
  for (const key of 'bpwsSryn') await press(key, new RegExp(`${key}: an agent runs this screen`))
  expect(done).toEqual([])
})
