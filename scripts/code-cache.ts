import {spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {makeKeyPair} from '../src/bus/keys.js'
import {planSendTo} from '../src/bus/send.js'
import {systemClock} from '../src/kit/clock.js'

/**
 * Beats in a throw-away fleet, has a call judged there, and keeps what V8 compiled for it beside the doors' code (see bin/quick-require.js): what is
 * loaded with something due from beats that work, what is always loaded from one with nothing due, as each function more
 * in it costs every start. It is speed only: a build on a machine without git goes without.
 */
export function keepCode(root: string, dist: string): void {
  const fleet = mkdtempSync(join(tmpdir(), 'mcos-build-'))
  const beat = (script: string, input = ''): string => {
    const {status, stderr} = spawnSync(process.execPath, ['-e', `${START}${script}`], {
      cwd: fleet,
      input,
      encoding: 'utf8',
      env: {PATH: process.env['PATH'] ?? '', HOME: fleet, ROOT: root, DOORS: join(dist, 'doors')},
    })
    return status === 0 ? '' : stderr || 'it was killed'
  }
  try {
    writeFleet(fleet, root)
    const trouble = beat(WORK) || beat(CALL, callOf(fleet)) || beat(NOTHING, callOf(fleet))
    if (trouble) process.stderr.write(`The doors start a little slower: their code could not be kept.\n${trouble}`)
  } finally {
    rmSync(fleet, {recursive: true, force: true})
  }
}

/** Two agents: for one something is always due, for the other hardly ever; and a message that waits in the first one's inbox. */
function writeFleet(fleet: string, root: string): void {
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(fleet, path)), {recursive: true})
    writeFileSync(join(fleet, path), text)
  }
  const {publicKey, privateKey} = makeKeyPair()
  const draft = {from: 'build', to: 'busy', body: 'A word from the build.'}
  const sent = planSendTo({name: 'busy', path: 'workspaces/busy'}, draft, {clock: systemClock, privateKey})
  write('mcos.yaml', 'version: 1\nname: build\n')
  write('.gitignore', '.mcos/\n')
  write('keys/build.pub', publicKey)
  for (const name of ['busy', 'calm']) write(`workspaces/${name}/SOUL.md`, soulOf(name))
  for (const name of readdirSync(join(root, 'guardrails')))
    write(`guardrails/${name}`, readFileSync(join(root, 'guardrails', name), 'utf8'))
  const checks = '- [ ] `inbox`\n- [ ] `files notes/*.md`\n'
  write('workspaces/busy/HEARTBEAT.md', `# HEARTBEAT.md\n\n## Every heartbeat\n${checks}`)
  write('workspaces/calm/HEARTBEAT.md', `# HEARTBEAT.md\n\n## Yearly (cron 0 0 1 1 *)\n${checks}`)
  for (const change of sent.changes) if (change.kind === 'write') write(change.path, change.content)
}

const START = `
const {execFileSync} = require('node:child_process')
const {mkdirSync, writeFileSync} = require('node:fs')
const {join} = require('node:path')
const {ROOT, DOORS} = process.env
const {quickRequire} = require(join(ROOT, 'bin', 'quick-require.js'))
const git = (...args) => execFileSync('git', ['-c', 'user.name=build', '-c', 'user.email=build@localhost', ...args])
const load = (name) => quickRequire(join(DOORS, name))
const keep = (name, script) => writeFileSync(join(DOORS, name + '.v8'), script.createCachedData())
const beat = () => require(join(DOORS, 'heartbeat.cjs')).enter([])
`

/** The first beat finds the message, the second finds nothing, the third a note; the last one has nothing due any more. */
const WORK = `
git('init', '-q')
git('add', '.')
git('commit', '-q', '-m', 'build')
load('shared.cjs')
load('hot.cjs')
load('guard.cjs')
const turn = load('turn.cjs')
beat()
  .then(beat)
  .then(() => {
    mkdirSync('workspaces/busy/notes')
    writeFileSync('workspaces/busy/notes/one.md', 'one')
    return beat()
  })
  .then(() => {
    const commits = Number(git('rev-list', '--count', 'HEAD'))
    if (process.exitCode || commits !== 3) throw new Error('the beats failed: ' + commits + ' commits')
    keep('turn.cjs', turn)
    writeFileSync('workspaces/busy/HEARTBEAT.md', '## Yearly (cron 0 0 1 1 *)\\n- \`inbox\`\\n')
    return beat()
  })
`

/** Nothing of it is kept: here mcos.yaml and the rest are parsed for the first time. */
const CALL = `
const call = () => require(join(DOORS, 'hook.cjs')).enter(['pre-tool-use', '--home', process.cwd()])
call().then(() => {
  if (process.exitCode) throw new Error('the hook failed')
})
`

const NOTHING = `
const names = ['shared.cjs', 'hot.cjs', 'guard.cjs', 'call.cjs']
const scripts = names.map(load)
beat()
  .then(() => require(join(DOORS, 'hook.cjs')).enter(['pre-tool-use', '--home', process.cwd()]))
  .then(() => {
    if (process.exitCode) throw new Error('the hook failed')
    names.forEach((name, index) => keep(name, scripts[index]))
  })
`

function soulOf(name: string): string {
  const own = `workspaces/${name}/**`
  const contract = `contract:\n  reads: [${own}]\n  writes: [${own}]\n  commands: [npm test]\n  may: [log, message]\n`
  return `---\nrole: ${name}\n${contract}---\n`
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
