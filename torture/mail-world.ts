import {spawn} from 'node:child_process'
import {mkdirSync, mkdtempSync, realpathSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {UserMaildir} from '../testing/dovecot/maildir.js'
import {type Dovecot, startDovecot} from '../testing/dovecot/server.js'
import {type FaultProxy, startFaultProxy} from '../testing/fault-proxy.js'
import {type GraphServer, startGraphServer} from '../testing/graph-server/server.js'
import type {KillPoint} from './kill/kill-at.js'
import {mcosCommand} from './kill/run-mcos.js'
import {ACCOUNTS, type AccountName, type Letter, MAIL_RULES} from './mail-letters.js'
import {type ModelFleet, makeModelFleet} from './model-fleet.js'

const PASSWORD = 'right'

/** Every server that the five accounts are on, and the fleet whose agent donna reads them. */
export interface MailWorld {
  readonly fleet: ModelFleet
  readonly dovecot: Dovecot
  readonly graph: GraphServer
  /** What stands between mcos and each IMAP account. */
  readonly proxies: Readonly<Record<'harbour' | 'home', FaultProxy>>
  /** Where a triage can be killed; nothing until it was looked at. */
  calls: Calls
  deliver(letter: Letter): Promise<void>
  /** Drafts that lie in an account. */
  drafts(account: AccountName): string[]
  /** Mails that lie in an account anywhere but in its drafts. */
  mails(account: AccountName): number
  run(argv: readonly string[], options?: RunWish): Promise<Ran>
  close(): Promise<void>
}

type Call = Pick<KillPoint, 'call' | 'count'>

/** The system calls of mcos itself, and of each git that it starts. */
export interface Calls {
  readonly own: readonly Call[]
  readonly gits: readonly (readonly Call[])[]
}

export interface RunWish {
  /** Default: the fleet's home. */
  readonly home?: string
  /** Stands before the command: strace. */
  readonly through?: readonly string[]
  readonly path?: string
  readonly env?: Readonly<Record<string, string>>
  /** SIGKILL so long after its start. */
  readonly killAfterMs?: number
}

export interface Ran {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  readonly ms: number
}

/** An account's own patience; what hangs costs this and no more. */
export const TIMEOUT_MS = 8_000
const LONGEST_MS = 240_000

/** Starts all of it: two accounts on Dovecot behind proxies, two on the fake Graph, one a folder. */
export async function openWorld(): Promise<MailWorld> {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'mcos-mail-')))
  const dovecot = await startDovecot({users: {harbour: PASSWORD, home: PASSWORD}})
  const users = [ACCOUNTS.work.user, ACCOUNTS.sales.user]
  const graph = await startGraphServer({dir: join(dir, 'graph'), users, lifetimeSeconds: 600})
  const target = {host: dovecot.host, port: dovecot.tlsPort}
  const proxies = {harbour: await startFaultProxy(target), home: await startFaultProxy(target)}
  mkdirSync(join(dir, 'local'))
  const local = new UserMaildir(join(dir, 'local'), null)
  local.deliver([], {folder: 'Drafts'})
  const fleet = makeModelFleet(['donna', 'jarvis', 'ada'], filesOf({dir, dovecot, graph, proxies}))
  return {
    fleet,
    dovecot,
    graph,
    proxies,
    calls: {own: [], gits: []},
    deliver: async ({account, raw}) => {
      const {kind, user} = ACCOUNTS[account]
      if (kind === 'imap') dovecot.deliver(user, raw)
      else if (kind === 'graph') await graph.deliver(user, raw)
      else local.deliver([raw], {})
    },
    drafts: (account) => {
      const {kind, user} = ACCOUNTS[account]
      if (kind === 'imap') return dovecot.read(user, 'Drafts').map(({raw}) => raw.toString())
      if (kind === 'maildir') return local.read('Drafts').map(({raw}) => raw.toString())
      const box = graph.mailbox(user)
      return box.in(box.folder('drafts').id).map(({properties}) => JSON.stringify(properties))
    },
    mails: (account) => {
      const {kind, user} = ACCOUNTS[account]
      if (kind === 'imap') return dovecot.read(user).length
      if (kind === 'maildir') return local.read('INBOX').length
      return graph.mailbox(user).in(graph.mailbox(user).folder('inbox').id).length
    },
    run: (argv, wish = {}) => run(argv, {home: fleet.home, ...wish}),
    close: async () => {
      fleet.remove()
      for (const proxy of Object.values(proxies)) await proxy.close()
      await graph.close()
      await dovecot.close()
      rmSync(dir, {recursive: true, force: true, maxRetries: 3})
    },
  }
}

type Servers = Pick<MailWorld, 'dovecot' | 'graph' | 'proxies'> & {readonly dir: string}

function filesOf({dir, dovecot, graph, proxies}: Servers): Record<string, string> {
  const common = (name: AccountName): string =>
    `agent: donna, escalate: ${ACCOUNTS[name].escalate}, timeout: ${TIMEOUT_MS / 1000}s`
  const imap = (name: 'harbour' | 'home'): string =>
    `{ kind: imap, host: 127.0.0.1, port: ${proxies[name].port}, ca: ${dovecot.ca}, user: ${name}, password: env:${name.toUpperCase()}_MAIL, ${common(name)} }`
  const app = `tenant: ${graph.tenant}, client_id: ${graph.client.id}, client_secret: env:GRAPH_SECRET`
  const place = `authority: "${graph.authorityUrl}", base_url: "${graph.baseUrl}", ca: ${graph.ca}`
  const microsoft = (name: 'work' | 'sales'): string =>
    `{ kind: graph, user: ${ACCOUNTS[name].user}, ${app}, ${place}, ${common(name)} }`
  return {
    'mcos.yaml': `version: 1
name: northwind
timezone: UTC
people:
  ada: { approves: [all], via: [founders] }
page: { to: founders, when: [outage] }
channels:
  founders: { kind: command, command: [sh, page.sh] }
mail:
  accounts:
    harbour: ${imap('harbour')}
    home: ${imap('home')}
    work: ${microsoft('work')}
    sales: ${microsoft('sales')}
    local: { kind: maildir, path: "${join(dir, 'local')}", ${common('local')} }
`,
    '.gitignore': '.mcos/\npages/\n',
    'page.sh': 'mkdir -p pages; cat > "pages/$$.$(date +%s%N)"\n',
    'workspaces/donna/SOUL.md':
      '---\nreports_to: jarvis\ncontract:\n  reads: [workspaces/donna/**]\n  may: [message, mail.draft]\n---\n# Donna\n',
    'workspaces/donna/HEARTBEAT.md': '## Every heartbeat\n- `mail`\n',
    'workspaces/donna/MAIL.md': MAIL_RULES,
    'workspaces/jarvis/SOUL.md': '# Jarvis\n',
  }
}

async function run(
  argv: readonly string[],
  {home, through, path, env, killAfterMs}: RunWish & {home: string},
): Promise<Ran> {
  const options = {cwd: home, ...(through ? {through} : {}), ...(path === undefined ? {} : {path})}
  const command = mcosCommand(argv, options)
  const secrets = {HARBOUR_MAIL: PASSWORD, HOME_MAIL: PASSWORD, GRAPH_SECRET: 'northwind-secret'}
  const started = performance.now()
  const child = spawn(command.program, command.args, {
    cwd: home,
    env: {...command.env, ...secrets, ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: what strace holds ends with it.
    detached: true,
  })
  const kill = (): void => {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  }
  const timer = setTimeout(kill, killAfterMs ?? LONGEST_MS)
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      resolve({code, signal, stdout, stderr, ms: performance.now() - started})
    })
  })
}
