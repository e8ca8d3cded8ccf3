import {execFileSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {makeKeyPair} from '../src/bus/keys.js'
import {planSendTo} from '../src/bus/send.js'
import {fixedClock} from '../src/kit/clock.js'
import {MCOS} from './built.js'

const SHIPPED = fileURLToPath(new URL('../guardrails', import.meta.url))

export interface FleetWish {
  readonly agents: number
  readonly heartbeat: string
  /** Whether beats may be given a time with --at. */
  readonly isRehearsal?: boolean
}

/** A fleet on the disk, in a repository of its own, for measuring. */
export interface BenchFleet {
  readonly dir: string
  readonly agents: readonly string[]
  git(...args: string[]): string
  write(path: string, text: string): void
  /** Lays a signed message into an agent's inbox, uncommitted, as another process of the fleet would have. */
  send(to: string, text: string, at: number): string
  remove(): void
}

/** What an agent of the shipped templates looks at, without what needs a network. */
export const BUSY_HEARTBEAT = `# HEARTBEAT.md

Quiet hours: 22:00-06:00

## Every heartbeat
- [ ] New messages \`inbox\`. Urgent ones go to the lead in the same beat.
- [ ] New requests \`files requests/*.md\`

## Waiting for us (every 2 hours)
- [ ] Which answer did we promise for today? Is there a draft?

## Digest (weekdays 08:00,16:00)
- [ ] Answer needed, to know, filed: counts first, then a line each.

## Rules
- Nothing to report: HEARTBEAT_OK
`

/** Probes at times of their own, so that a beat can find nothing due; judgement without an engine would stay due. */
export const SCHEDULED_HEARTBEAT = `# HEARTBEAT.md

Quiet hours: 22:00-06:00

## Look around (every 2 hours)
- [ ] New messages \`inbox\`. Urgent ones go to the lead in the same beat.
- [ ] New requests \`files requests/*.md\`

## Room for the import (daily 06:00)
- [ ] \`disk / < 98%\`

## Rules
- Nothing to report: HEARTBEAT_OK
`

const SOUL = (name: string): string => `---
reports_to: ${name === 'agent-001' ? 'ada' : 'agent-001'}
contract:
  reads: [workspaces/${name}/**]
  may: [message]
---
# ${name}

Keeps an eye on what comes in, says what is new, and leaves the rest alone.
`

/** Agents are called agent-001 and so on; agent-001 leads. */
export function makeFleet({agents: count, heartbeat, isRehearsal = false}: FleetWish): BenchFleet {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'mcos-bench-')))
  const git = (...args: string[]): string =>
    execFileSync('git', args, {cwd: dir, encoding: 'utf8', env: gitEnv(dir), maxBuffer: 1 << 30})
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(dir, path)), {recursive: true})
    writeFileSync(join(dir, path), text)
  }
  const agents = Array.from({length: count}, (_, index) => `agent-${String(index + 1).padStart(3, '0')}`)
  const pair = makeKeyPair()
  git('init', '-q', '-b', 'main')
  git('config', 'user.name', 'Ada')
  git('config', 'user.email', 'ada@example.com')
  write(
    'mcos.yaml',
    `version: 1\nname: northwind\ntimezone: Africa/Johannesburg\n${isRehearsal ? 'rehearsal: true\n' : ''}`,
  )
  write('.gitignore', '.mcos/\n')
  write('keys/ada.pub', pair.publicKey)
  for (const name of agents) {
    write(`workspaces/${name}/SOUL.md`, SOUL(name))
    write(`workspaces/${name}/HEARTBEAT.md`, heartbeat)
    write(`workspaces/${name}/MEMORY.md`, '# MEMORY.md\n')
    write(`workspaces/${name}/requests/first.md`, 'The first request.\n')
  }
  git('add', '-A')
  git('commit', '-qm', 'A fleet')
  return {
    dir,
    agents,
    git,
    write,
    send(to, text, at) {
      const entry = {name: to, path: `workspaces/${to}`}
      const {changes, path} = planSendTo(
        entry,
        {from: 'ada', to, body: text},
        {clock: fixedClock(at), privateKey: pair.privateKey},
      )
      for (const change of changes) if (change.kind === 'write') write(change.path, change.content)
      return path
    },
    remove: () => rmSync(dir, {recursive: true, force: true, maxRetries: 3}),
  }
}

/** A heartbeat of the whole fleet as cron would start it. */
export function heartbeatOf({dir}: BenchFleet, ...words: string[]): {argv: readonly string[]; cwd: string} {
  return {argv: [...MCOS, 'heartbeat', ...words], cwd: dir}
}

/** The hook that a coding agent starts before a call of its shell, in a fleet with all the guardrails that ship. */
export function hookOf({dir, agents, write, git}: BenchFleet): {argv: readonly string[]; cwd: string; input: string} {
  for (const name of readdirSync(SHIPPED)) write(`guardrails/${name}`, readFileSync(join(SHIPPED, name), 'utf8'))
  const [agent = ''] = agents
  const contract = `contract:\n  reads: [workspaces/${agent}/**]\n  writes: [workspaces/${agent}/**]\n  commands: [npm test]\n`
  write(`workspaces/${agent}/SOUL.md`, SOUL(agent).replace(/contract:\n(?: .*\n)+/, contract))
  git('add', '-A')
  git('commit', '-qm', 'Guardrails')
  const cwd = join(dir, 'workspaces', agent)
  const command = 'npm test 2>&1 | tail -20 > out.txt; cat requests/first.md >> notes.md'
  const call = {hook_event_name: 'PreToolUse', session_id: 'bench-0001', cwd, tool_name: 'Bash', tool_input: {command}}
  return {argv: [...MCOS, 'hook', 'pre-tool-use', '--home', dir], cwd: dir, input: JSON.stringify(call)}
}

function gitEnv(dir: string): Record<string, string> {
  return {PATH: process.env['PATH'] ?? '', HOME: dir, GIT_CONFIG_NOSYSTEM: '1'}
}
