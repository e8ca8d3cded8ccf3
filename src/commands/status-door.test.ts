import {spawnSync} from 'node:child_process'
import {existsSync, readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {basename} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, test} from 'vitest'
import {cleanEnv, mcos} from '../../testing/built-mcos.js'
import {openScene} from '../../testing/heartbeat-scene.js'
import {runCommand} from '../../testing/run-command.js'
import Status from './status.js'

const {quickRequire} = createRequire(import.meta.url)('../../bin/quick-require.js')
const doors = fileURLToPath(new URL('../../dist/doors', import.meta.url))

/** Enters the door on what passes for a terminal, and leaves by a key; tells what was loaded for the first frame, and all that was drawn. */
const LOOK = `
const {PassThrough} = require('node:stream')
const own = {isTTY: true, columns: 100, rows: 12, setRawMode() {}, ref() {}, unref() {}}
const [stdin, stdout] = [new PassThrough(), new PassThrough()].map((stream) => Object.assign(stream, own))
Object.defineProperties(process, {stdin: {value: stdin}, stdout: {value: stdout}})
const fs = require('node:fs')
const {fstatSync} = fs
fs.fstatSync = (fd) => (fd < 2 ? {isCharacterDevice: () => true} : fstatSync(fd))
require('node:tty').isatty = () => true
const told = {loaded: null, drawn: []}
stdout.on('data', (part) => {
  told.drawn.push(String(part))
  if (!String(part).includes('AGENT')) return
  told.loaded = Object.keys(require.cache)
  setTimeout(() => stdin.write('q'), 500)
})
require(process.env.DOOR).enter([]).then(() => fs.writeSync(2, JSON.stringify(told)))
`

function lookAt(cwd: string): {readonly loaded: readonly string[]; readonly drawn: readonly string[]} {
  const env = {...cleanEnv(cwd), DOOR: `${doors}/status.cjs`, TERM: 'xterm'}
  const {stderr} = spawnSync(process.execPath, ['-e', LOOK], {cwd, env, encoding: 'utf8'})
  return JSON.parse(stderr)
}

test('the door and the command behind it give the same answer', async () => {
  const scene = openScene()
  await scene.beatOne('donna')
  const withoutNow = (text: string) => text.replaceAll(/\d\d:\d\d|"at": ".*"/g, '')
  for (const args of [['--plain'], ['--json']]) {
    const door = await mcos(['status', ...args, '--home', scene.dir], {cwd: scene.dir})
    const command = await runCommand(Status, [...args, '--home', scene.dir])
    expect({...door, stdout: withoutNow(door.stdout)}).toMatchObject({
      code: command.code,
      stdout: withoutNow(command.stdout),
      stderr: command.stderr,
    })
    expect(door.stdout).toContain('donna')
  }
  const lost = await mcos(['status', '--json', '--home', '/nowhere'], {cwd: scene.dir})
  expect(lost).toMatchObject(await runCommand(Status, ['--json', '--home', '/nowhere']))
})

test('the first frame says how agents stand, is drawn once, and takes no more code than the door has put aside for it', async () => {
  const scene = openScene()
  await scene.beatOne('donna')
  lookAt(scene.dir)
  const {loaded, drawn} = lookAt(scene.dir)
  const files = loaded.map((file) => basename(file).replace(/^rolldown-runtime.*/, 'runtime'))
  expect(files.sort()).toEqual(['hot.cjs', 'look.cjs', 'runtime', 'screen.cjs', 'status.cjs'])
  const screen = drawn.join('')
  expect(screen.match(/donna/g)).toHaveLength(1)
  expect(screen).toMatch(/donna.{0,40}(?:warm|idle|dead)/)
  expect(screen).not.toContain('…')
  expect(screen.match(/\u001b\[\?1049h/g)).toHaveLength(1)
})

test('the build keeps what V8 made of the code before the first frame, and the Node that built it takes it', () => {
  for (const name of ['look.cjs', 'screen.cjs']) {
    const file = `${doors}/${name}`
    expect(existsSync(file.replace('.cjs', '.status.v8'))).toBe(true)
    expect(quickRequire(file, 'status').cachedDataRejected).toBe(false)
    expect(readFileSync(file, 'utf8')).toMatch(/^[\0-\x7f]*$/)
  }
})
