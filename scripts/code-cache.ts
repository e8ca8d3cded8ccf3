import {spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {sampleCall, writeSampleFleet} from './sample/fleet.js'
import {openSampleMailbox} from './sample/mailbox.js'
import {openSampleModel} from './sample/model.js'

/**
 * Beats in a throw-away fleet, has a call judged there, and keeps what V8 compiled for it beside the doors' code (see
 * bin/quick-require.js): for each door what it runs itself, as each function more in it costs every start, and each that
 * is missing ten times as much where it is needed. It is speed only: a build on a machine without git goes without.
 */
export function keepCode(root: string, dist: string): void {
  const scratch = mkdtempSync(join(tmpdir(), 'mcos-build-'))
  const fleet = join(scratch, 'fleet')
  mkdirSync(fleet)
  const run = (script: string, env: Readonly<Record<string, string>>, input = ''): string => {
    const {status, stderr} = spawnSync(process.execPath, ['-e', `${START}${script}`], {
      cwd: fleet,
      input,
      encoding: 'utf8',
      env: {PATH: process.env['PATH'] ?? '', HOME: fleet, ROOT: root, DOORS: join(dist, 'doors'), ...env},
    })
    return status === 0 ? '' : stderr || 'it was killed'
  }
  const mail = 'mail-look imap-look mail-new imap-new'
  const beats = {
    DOOR: 'heartbeat',
    CHUNKS: `hot turn look ${mail} model anthropic`,
    MAIL_PASSWORD: 'build',
    MODEL_KEY: 'build',
  }
  const calls = {DOOR: 'hook', CHUNKS: 'call'}
  const looks = {DOOR: 'status', CHUNKS: 'hot look screen'}
  const call = sampleCall(fleet)
  const mailbox = openSampleMailbox(scratch)
  const model = openSampleModel(scratch)
  try {
    const {send} = writeSampleFleet(fleet, {root, mailPort: mailbox?.port ?? 1, modelPort: model?.port ?? 1})
    send('A word from the build.')
    // Nothing is kept of a first time, which parses mcos.yaml and the rest.
    let trouble = run(FIRST, beats) || run(CALL, calls, call)
    send('Another word.')
    trouble ||= run(BEATS + KEEP, beats) || run(CALL + KEEP, calls, call) || run(LOOK + KEEP, looks)
    if (trouble) process.stderr.write(`The doors start a little slower: their code could not be kept.\n${trouble}`)
  } finally {
    mailbox?.close()
    model?.close()
    rmSync(scratch, {recursive: true, force: true})
  }
}

const START = `
const {execFileSync} = require('node:child_process')
const {mkdirSync, writeFileSync} = require('node:fs')
const {join} = require('node:path')
const {ROOT, DOORS, DOOR, CHUNKS} = process.env
const {quickRequire} = require(join(ROOT, 'bin', 'quick-require.js'))
const git = (...args) => execFileSync('git', ['-c', 'user.name=build', '-c', 'user.email=build@localhost', ...args])
const scripts = CHUNKS.split(' ').map((name) => [name, quickRequire(join(DOORS, name + '.cjs'), DOOR)])
const enter = async (...line) => {
  await require(join(DOORS, DOOR + '.cjs')).enter(line)
  if (process.exitCode) throw new Error('the door failed')
}
`

/** It finds the message. */
const FIRST = `
git('init', '-q')
git('add', '.')
git('commit', '-q', '-m', 'build')
const done = enter()
`

/** The first finds a message and mails, the second nothing, the third a note; for the last one nothing is due any more. */
const BEATS = `
const write = (name, text) => writeFileSync('workspaces/' + name, text)
const done = enter()
  .then(() => enter())
  .then(() => {
    mkdirSync('workspaces/busy/notes')
    write('busy/notes/one.md', 'one')
    return enter()
  })
  .then(() => {
    const commits = Number(git('rev-list', '--count', 'HEAD'))
    if (commits !== 8) throw new Error('the beats failed: ' + commits + ' commits')
    for (const name of ['busy', 'post', 'clever']) write(name + '/HEARTBEAT.md', '## Yearly (cron 0 0 1 1 *)\\n- \`inbox\`\\n')
    return enter()
  })
`

const CALL = `
const done = enter('pre-tool-use', '--home', process.cwd())
`

/** On what passes for a terminal; it is left as soon as it has shown somebody. */
const LOOK = `
const {PassThrough} = require('node:stream')
const terminal = () => {
  const own = {isTTY: true, columns: 120, rows: 40, setRawMode() {}, ref() {}, unref() {}}
  return Object.assign(new PassThrough(), own)
}
const [stdin, stdout] = [terminal(), terminal()]
Object.defineProperties(process, {stdin: {value: stdin}, stdout: {value: stdout}})
const fs = require('node:fs')
const {fstatSync} = fs
fs.fstatSync = (fd) => (fd < 2 ? {isCharacterDevice: () => true} : fstatSync(fd))
require('node:tty').isatty = () => true
stdout.on('data', (part) => {
  if (String(part).includes('calm')) stdin.write('q')
})
const done = enter()
`

const KEEP = `
done.then(() => {
  for (const [name, script] of scripts)
    writeFileSync(join(DOORS, name + '.' + DOOR + '.v8'), script.createCachedData())
})
`
