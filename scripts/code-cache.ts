import {spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {makeKeyPair} from '../src/bus/keys.js'
import {planSendTo} from '../src/bus/send.js'
import {planMadeHere, TRUST_FILE} from '../src/guard/trust.js'
import {systemClock} from '../src/kit/clock.js'
import {openFolder} from '../src/kit/folder.js'
import {openSampleMailbox} from './sample-mailbox.js'
import {openSampleModel, SAMPLE_MODEL} from './sample-model.js'

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
  const call = callOf(fleet)
  const mailbox = openSampleMailbox(scratch)
  const model = openSampleModel(scratch)
  try {
    const {send} = writeFleet(fleet, {root, mailPort: mailbox?.port ?? 1, modelPort: model?.port ?? 1})
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

/**
 * Four agents: for one something is always due, for one hardly ever, one looks for mail, and one asks a model; and a way
 * to lay a message into the inboxes of the first and the last.
 */
function writeFleet(
  fleet: string,
  {root, mailPort, modelPort}: {readonly root: string; readonly mailPort: number; readonly modelPort: number},
): {send(body: string): void} {
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(fleet, path)), {recursive: true})
    writeFileSync(join(fleet, path), text)
  }
  const {publicKey, privateKey} = makeKeyPair()
  const login = `{kind: imap, host: 127.0.0.1, port: ${mailPort}, tls: none, user: ada, password: env:MAIL_PASSWORD, agent: post}`
  const engine = `{kind: anthropic, model: ${SAMPLE_MODEL}, base_url: "http://127.0.0.1:${modelPort}", key: env:MODEL_KEY}`
  const engines = `engines:\n  claude: ${engine}\nroutes:\n  asking: [claude]\n`
  write('mcos.yaml', `version: 1\nname: build\n${engines}mail:\n  accounts:\n    work: ${login}\n`)
  write('.gitignore', '.mcos/\n')
  write('keys/build.pub', publicKey)
  for (const name of ['busy', 'calm', 'post']) write(`workspaces/${name}/SOUL.md`, soulOf(name))
  write('workspaces/clever/SOUL.md', soulOf('clever', 'route: asking\n'))
  for (const name of readdirSync(join(root, 'guardrails')))
    write(`guardrails/${name}`, readFileSync(join(root, 'guardrails', name), 'utf8'))
  const checks = '- [ ] `inbox`\n- [ ] `files notes/*.md`\n'
  write('workspaces/busy/HEARTBEAT.md', `# HEARTBEAT.md\n\n## Every heartbeat\n${checks}`)
  write('workspaces/calm/HEARTBEAT.md', `# HEARTBEAT.md\n\n## Yearly (cron 0 0 1 1 *)\n${checks}`)
  write('workspaces/post/HEARTBEAT.md', '# HEARTBEAT.md\n\n## Every heartbeat\n- `mail`\n')
  write('workspaces/clever/HEARTBEAT.md', '# HEARTBEAT.md\n\n## Every heartbeat\n- `inbox`\n')
  mkdirSync(join(fleet, '.mcos'))
  const mcos = openFolder(join(fleet, '.mcos'))
  mcos.write(TRUST_FILE, planMadeHere(mcos).content)
  return {
    send(body) {
      for (const to of ['busy', 'clever']) {
        const entry = {name: to, path: `workspaces/${to}`}
        const {changes} = planSendTo(entry, {from: 'build', to, body}, {clock: systemClock, privateKey})
        for (const change of changes) if (change.kind === 'write') write(change.path, change.content)
      }
    },
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

function soulOf(name: string, more = ''): string {
  const own = `workspaces/${name}/**`
  const contract = `contract:\n  reads: [${own}]\n  writes: [${own}]\n  commands: [npm test]\n  may: [log, message]\n`
  return `---\nrole: ${name}\n${more}${contract}---\n`
}

/** A call of a coding agent that is allowed, with something in it for most of what reads a command line. */
function callOf(fleet: string): string {
  const command =
    'cd notes && cat one.md | grep -n one > two.md; mkdir -p three && echo "four" >> three/five.md; npm test 2>&1 | tail -5'
  return JSON.stringify({
    session_id: 'build-session',
    cwd: join(fleet, 'workspaces/busy'),
    hook_event_name: 'PreToolUse',
    tool_name: 'Bash',
    tool_input: {command},
  })
}
