import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {makeKeyPair} from '../../src/bus/keys.js'
import {planSendTo} from '../../src/bus/send.js'
import {planMadeHere, TRUST_FILE} from '../../src/guard/trust.js'
import {systemClock} from '../../src/kit/clock.js'
import {openFolder} from '../../src/kit/folder.js'
import {SAMPLE_MODEL} from './model.js'

/**
 * Four agents: for one something is always due, for one hardly ever, one looks for mail, and one asks a model; and a way
 * to lay a message into the inboxes of the first and the last.
 */
export function writeSampleFleet(
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

function soulOf(name: string, more = ''): string {
  const own = `workspaces/${name}/**`
  const contract = `contract:\n  reads: [${own}]\n  writes: [${own}]\n  commands: [npm test]\n  may: [log, message]\n`
  return `---\nrole: ${name}\n${more}${contract}---\n`
}

/** A call of a coding agent that is allowed, with something in it for most of what reads a command line. */
export function sampleCall(fleet: string): string {
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
