import {execFileSync} from 'node:child_process'
import {setMaxListeners} from 'node:events'
import {mkdtempSync, realpathSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {openRoute} from '../src/app/engines/open-route.js'
import {openFleet, saveParsedCache} from '../src/app/fleet.js'
import type {AgentReport} from '../src/heartbeat/report.js'
import {runHeartbeat} from '../src/heartbeat/run-heartbeat.js'
import {type FixedClock, fixedClock} from '../src/kit/clock.js'
import {listAgents} from '../src/workspace/agents.js'
import {layFile, layFleet, trustAsMadeHere} from '../testing/lay-fleet.js'
import type {Script} from '../testing/model-server/behaviour.js'
import type {RecordedRequest} from '../testing/model-server/recorded.js'
import {startModelServer} from '../testing/model-server/server.js'

/** The model whose real prices are reckoned with. */
export const MODEL = 'claude-sonnet-5-5'

/** A fleet on a clock that is moved by hand, and the model that it asks; beats run in this process. */
export interface ModelBench {
  readonly dir: string
  readonly clock: FixedClock
  readonly requests: readonly RecordedRequest[]
  write(path: string, text: string): void
  git(...args: string[]): string
  /** Moves the clock on and beats for everybody. */
  beatAfter(minutes: number): Promise<readonly AgentReport[]>
  close(): Promise<void>
}

export interface BenchWish {
  readonly files: Readonly<Record<string, string>>
  readonly script: Script
  /** Lines of mcos.yaml besides engine and route. */
  readonly yaml?: string
  readonly at?: string
}

export async function openModelBench({
  files,
  script,
  yaml = '',
  at = '2026-11-23T05:00:00Z',
}: BenchWish): Promise<ModelBench> {
  const clock = fixedClock(at)
  const server = await startModelServer({script, clock})
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'mcos-bench-')))
  const env = {PATH: process.env['PATH'] ?? '', HOME: dir, GIT_CONFIG_NOSYSTEM: '1', KEY: 'sk-ant-test'}
  const git = (...args: string[]): string => execFileSync('git', args, {cwd: dir, encoding: 'utf8', env})
  const agents = new Set(Object.keys(files).flatMap((path) => /^workspaces\/([^/]+)\//.exec(path)?.[1] ?? []))
  layFleet(dir, {'mcos.yaml': configOf(server.url, yaml), ...files}, [...agents])
  trustAsMadeHere(dir)
  return {
    dir,
    clock,
    requests: server.requests,
    write: (path, text) => layFile(dir, path, text),
    git,
    async beatAfter(minutes) {
      clock.advance(minutes * 60_000)
      const fleet = await openFleet({cwd: dir, env, clock})
      const {signal} = new AbortController()
      setMaxListeners(0, signal)
      const around = {
        fleet,
        route: (user: Parameters<typeof openRoute>[1]) => openRoute(fleet, user),
        listen: () => undefined,
        timeSources: [],
        signal,
        pagesTried: new Set<string>(),
        sleep: async (ms: number) => clock.advance(ms),
      }
      const options = {isForced: false, trigger: 'heartbeat', concurrency: 8}
      const {report} = await runHeartbeat(listAgents(fleet.home), around, options)
      saveParsedCache(fleet)
      return report.agents
    },
    async close() {
      await server.close()
      rmSync(dir, {recursive: true, force: true, maxRetries: 3})
    },
  }
}

/** All that a model was made to read, whether it had it in its cache or not. */
export function inputOf({tokens}: Pick<AgentReport, 'tokens'>): number {
  return tokens.input + tokens.cache_read + tokens.cache_write
}

function configOf(url: string, yaml: string): string {
  return `version: 1
name: northwind
timezone: UTC
people: { ada: { approves: [all], via: [terminal] } }
engines:
  claude: { kind: anthropic, model: ${MODEL}, base_url: "${url}", key: env:KEY }
routes: { default: [claude] }
${yaml}
`
}
