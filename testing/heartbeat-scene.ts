import {execFileSync} from 'node:child_process'
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {openRoute} from '../src/app/engines/open-route.js'
import {openFleet, saveParsedCache} from '../src/app/fleet.js'
import {sendMessage} from '../src/app/messages.js'
import type {Engine} from '../src/engines/engine.js'
import {rulesEngine} from '../src/engines/rules.js'
import {planTrust, readTrust, TRUST_FILE, type TrustKind} from '../src/guard/trust.js'
import type {BeatEvent} from '../src/heartbeat/events.js'
import type {AgentReport} from '../src/heartbeat/report.js'
import {type HeartbeatResult, runHeartbeat} from '../src/heartbeat/run-heartbeat.js'
import {type FixedClock, fixedClock} from '../src/kit/clock.js'
import {openFolder} from '../src/kit/folder.js'
import {findAgent, listAgents} from '../src/workspace/agents.js'
import type {Fleet} from '../src/workspace/fleet.js'
import type {Receipt} from '../src/workspace/receipt.js'
import {layFile, layFleet, layKeys, trustAsMadeHere} from './lay-fleet.js'
import {tempFolder} from './temp-folder.js'

export interface SceneOptions {
  /** Files of the home, by path; what isn't given is a fleet of donna, who reports to jarvis. */
  readonly files?: Readonly<Record<string, string>>
  readonly at?: string
  readonly env?: Readonly<Record<string, string>>
  /** false: the fleet came from elsewhere, and nothing of it is this machine's person's own. */
  readonly madeHere?: boolean
  /** An empty folder that somebody else removes, where no test runs; default: one for the test. */
  readonly dir?: string
}

export interface BeatOptions {
  readonly isForced?: boolean
  /** The route; default: the rules alone. `configured`: what mcos.yaml says. */
  readonly engines?: readonly Engine[] | 'configured'
  /** The person's or the system's hand; default: nobody's. */
  readonly signal?: AbortSignal
}

/** A real fleet on disk, in a real repository, with a clock that is moved by hand. */
export interface Scene {
  readonly dir: string
  readonly clock: FixedClock
  git(...args: string[]): string
  write(path: string, text: string | Uint8Array): void
  read(path: string): string
  list(path: string): string[]
  commitAll(): void
  /** A key pair for one more agent. */
  addKey(name: string): void
  /** The fleet as a command opens it. */
  open(): Promise<Fleet>
  /** As a person of this machine would, who has read it. */
  trust(agent: string, texts: readonly {readonly kind: TrustKind; readonly text: string}[]): void
  send(to: string, text: string, options?: {priority?: 'urgent' | 'normal'; from?: string}): Promise<string>
  beat(agents?: readonly string[], options?: BeatOptions): Promise<HeartbeatResult>
  beatOne(agent: string): Promise<AgentReport>
  receipts(): Receipt[]
  countCommits(): number
  /** How long beats have waited, as they asked for; nothing really waits. */
  readonly slept: number[]
  /** What was told of beats while they ran. */
  readonly told: readonly BeatEvent[]
}

const DONNA =
  '---\nreports_to: jarvis\ncontract:\n  reads: [workspaces/donna/**]\n  hosts: ["127.0.0.1"]\n  may: [message]\n---\n# Donna\n'

export function openScene({
  files = {},
  at = '2026-11-21T08:30:00Z',
  env = {},
  madeHere = true,
  dir = tempFolder(),
}: SceneOptions = {}): Scene {
  const clock = fixedClock(at)
  const git = (...args: string[]): string => execFileSync('git', args, {cwd: dir, encoding: 'utf8'})
  const all = {
    'mcos.yaml': 'version: 1\nname: northwind\n',
    'workspaces/donna/SOUL.md': DONNA,
    'workspaces/donna/HEARTBEAT.md': '## Every heartbeat\n- Messages `inbox`\n',
    'workspaces/jarvis/SOUL.md': '# Jarvis\n',
    'workspaces/jarvis/HEARTBEAT.md': '## Every heartbeat\n- Messages `inbox`\n',
    ...files,
  }
  layFleet(dir, all, ['donna', 'jarvis'])
  if (madeHere) trustAsMadeHere(dir)
  const mcos = openFolder(join(dir, '.mcos'))
  const slept: number[] = []
  const told: BeatEvent[] = []
  const open = () => openFleet({cwd: dir, env: {PATH: process.env['PATH'], HOME: dir, ...env}, clock})
  const beat: Scene['beat'] = async (names, {isForced = false, engines = [rulesEngine], signal} = {}) => {
    const fleet = await open()
    const agents = names ? names.map((name) => findAgent(fleet.home, name)) : listAgents(fleet.home)
    const around = {
      fleet,
      route: async (user: Parameters<typeof openRoute>[1]) =>
        engines === 'configured' ? openRoute(fleet, user) : engines,
      listen: (event: BeatEvent) => void told.push(event),
      timeSources: [],
      signal: signal ?? new AbortController().signal,
      pagesTried: new Set<string>(),
      sleep: async (ms: number) => {
        slept.push(ms)
        clock.advance(ms)
      },
    }
    const result = await runHeartbeat(agents, around, {isForced, trigger: 'heartbeat', concurrency: 8})
    saveParsedCache(fleet)
    return result
  }
  return {
    dir,
    clock,
    git,
    write: (path, text) => layFile(dir, path, text),
    read: (path) => readFileSync(join(dir, path), 'utf8'),
    list: (path) => (existsSync(join(dir, path)) ? readdirSync(join(dir, path)).sort() : []),
    trust: (agent, texts) => {
      mcos.write(TRUST_FILE, planTrust(readTrust(mcos), {agent, texts, at: '', by: 'ada'}).content)
    },
    addKey: (name) => layKeys(dir, name),
    open,
    commitAll: () => {
      git('add', '-A')
      git('commit', '-qm', 'By hand')
    },
    send: async (to, text, {priority = 'normal', from} = {}) => {
      const actor =
        from === undefined ? ({kind: 'person'} as const) : ({kind: 'agent', name: from, by: 'person'} as const)
      return (await sendMessage(await open(), {to, text, priority, commit: true}, actor)).id
    },
    beat,
    beatOne: async (agent) => {
      const [report] = (await beat([agent])).report.agents
      if (!report) throw new Error('no report')
      return report
    },
    receipts: () =>
      readdirSync(join(dir, '.mcos/runs')).flatMap((file) =>
        readFileSync(join(dir, '.mcos/runs', file), 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as Receipt),
      ),
    countCommits: () => Number(git('rev-list', '--count', 'HEAD')),
    slept,
    told,
  }
}
