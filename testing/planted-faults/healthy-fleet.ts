import {execFileSync} from 'node:child_process'
import {chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {openFleet} from '../../src/app/fleet.js'
import {installGuard} from '../../src/app/guard-install/install.js'
import {heartbeat} from '../../src/app/heartbeat.js'
import {initFleet} from '../../src/app/init.js'
import {planMadeHere, TRUST_FILE} from '../../src/guard/trust.js'
import {openFolder} from '../../src/kit/folder.js'
import {type Hand, handIn} from './planting.js'

/** A fleet in which nothing is wrong, made once and laid out afresh as often as somebody breaks it. */
export interface HealthyFleet {
  /** A fresh one, at the same place as the one before. */
  fresh(): Hand
  close(): Promise<void>
}

/** Debian's crontab in short; the person's table is a file beside it. */
const CRONTAB = `#!/bin/sh
tab="$(dirname "$0")/../crontab"
case "$1" in
  -l) [ -f "$tab" ] || { echo "no crontab for ada" >&2; exit 1; }; cat "$tab" ;;
  -r) rm -f "$tab" ;;
  -) cat > "$tab" ;;
esac
`
const NO_SYSTEMD = '#!/bin/sh\necho "Failed to connect to bus: No medium found" >&2\nexit 1\n'

/** What the schedule starts is tried at every look; the real one, which takes longer, is tried elsewhere. */
const QUICK_MCOS = '#!/bin/sh\nexit 0\n'

/** A key that looks like one of Anthropic's, put together so that no file holds one. */
const KEY = ['sk', 'ant', 'api03', `${'Zq8vN2mXw7RtY4bKp9LdF3hGj6sCaE5uT1oW'.repeat(3).slice(0, 93)}AA`].join('-')

/** As a careful person has set it up: hooks, a schedule, an engine, pages, mail, a remote, a first beat. */
export async function healthyFleet(): Promise<HealthyFleet> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'mcos-planted-')))
  const [kept, now] = [join(root, 'kept'), join(root, 'now')]
  const server = createServer((_, answer) => {
    answer.writeHead(200).end('{}')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const env = await build(now, address)
  cpSync(now, kept, {recursive: true, preserveTimestamps: true, verbatimSymlinks: true})
  return {
    fresh: () => {
      rmSync(now, {recursive: true, force: true})
      execFileSync('cp', ['-a', kept, now])
      // What was trusted here counts for this very folder, and the copy is another.
      const mcos = openFolder(join(now, 'fleet/.mcos'))
      mcos.write(TRUST_FILE, planMadeHere(mcos).content)
      return handIn({home: join(now, 'fleet'), user: join(now, 'user'), env: {...env}})
    },
    close: async () => {
      rmSync(root, {recursive: true, force: true})
      await new Promise((done) => server.close(done))
    },
  }
}

async function build(place: string, address: string): Promise<Record<string, string>> {
  const [dir, user] = [join(place, 'fleet'), join(place, 'user')]
  const env = environment(user)
  layOut(user)
  const made = await initFleet(
    {dir, template: 'mission-control', name: undefined, person: 'ada'},
    {cwd: place, env: {...env}},
  )
  const git = (...args: string[]): string => execFileSync('git', args, {cwd: made.home, encoding: 'utf8'})
  git('config', 'user.name', 'Ada')
  git('config', 'user.email', 'ada@example.com')
  writeFileSync(join(dir, 'mcos.yaml'), readFileSync(join(dir, 'mcos.yaml'), 'utf8') + moreConfig(address, user))
  const beat = join(dir, 'workspaces/donna/HEARTBEAT.md')
  writeFileSync(beat, `${readFileSync(beat, 'utf8')}\n## Mail (every 30 minutes)\n- [ ] New mail \`mail local\`\n`)
  git('commit', '-qam', 'Engine, pages, mail')
  const fleet = await openFleet({cwd: dir, env})
  await installGuard(fleet, {agents: [], hosts: ['claude'], git: true, dryRun: false})
  const secrets = ['ANTHROPIC_API_KEY', 'PAGE_WEBHOOK'].map((name) => `${name}=${env[name]}\n`)
  const line = `*/30 * * * * cd ${dir} && /usr/bin/env PATH=${user}/bin:/usr/bin:/bin mcos heartbeat\n`
  writeFileSync(join(user, 'crontab'), `${secrets.join('')}${line}`)
  const signal = new AbortController().signal
  const all = {agents: [], all: true, force: false, dryRun: false, strict: false}
  await heartbeat(all, {cwd: dir, env, signal})
  git('init', '-q', '--bare', join(place, 'remote.git'))
  git('remote', 'add', 'origin', join(place, 'remote.git'))
  git('push', '-qu', 'origin', 'main')
  return env
}

function environment(user: string): Record<string, string> {
  const path = [join(user, 'bin'), dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin']
  return {
    PATH: path.join(':'),
    HOME: user,
    XDG_CONFIG_HOME: join(user, '.config'),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    TZ: 'UTC',
    ANTHROPIC_API_KEY: KEY,
    PAGE_WEBHOOK: 'https://hooks.example.com/services/T0/B0/abcdefgh',
  }
}

/** The person's HOME: programs of schedules, a maildir. */
function layOut(user: string): void {
  for (const folder of ['bin', '.config/systemd/user', 'Mail/new', 'Mail/cur', 'Mail/tmp']) {
    mkdirSync(join(user, folder), {recursive: true})
  }
  for (const [name, text] of [
    ['crontab', CRONTAB],
    ['mcos', QUICK_MCOS],
    ['systemctl', NO_SYSTEMD],
    ['loginctl', NO_SYSTEMD],
  ] as const) {
    writeFileSync(join(user, 'bin', name), text)
    chmodSync(join(user, 'bin', name), 0o755)
  }
}

function moreConfig(address: string, user: string): string {
  return [
    '',
    `ping: ${address}/ping`,
    'engines:',
    `  claude: { kind: anthropic, model: claude-sonnet-5-5, base_url: "${address}", key: env:ANTHROPIC_API_KEY }`,
    'routes:',
    '  default: [claude]',
    'channels:',
    '  founders: { kind: webhook, url: env:PAGE_WEBHOOK }',
    'page: { to: founders, when: [outage] }',
    'mail:',
    '  accounts:',
    `    local: { kind: maildir, path: ${user}/Mail, agent: donna, escalate: jarvis }`,
    '',
  ].join('\n')
}
