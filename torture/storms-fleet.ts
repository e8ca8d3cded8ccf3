import type {RecordedRequest} from '../testing/model-server/recorded.js'
import {wrongTraces} from './kill/traces.js'
import type {Ended, ModelFleet} from './model-fleet.js'
import {leftByTurns, makeModelFleet, startMcos} from './model-fleet.js'

/** Agents that all have one question for a model, due since they are there. */
export function makeStormFleet(count: number, {url, yaml = ''}: {url: string; yaml?: string}): ModelFleet {
  const names = agentNames(count)
  const files = names.flatMap((name) => [
    [
      `workspaces/${name}/SOUL.md`,
      `---\ncontract:\n  reads: [workspaces/${name}/**]\n  may: [message]\n---\n# ${name}\n\nKeeps an eye on what comes in.\n`,
    ],
    [
      `workspaces/${name}/HEARTBEAT.md`,
      '## Promises (every 12 hours)\n- [ ] Which answer did we promise for today? Is there a draft?\n',
    ],
    [`workspaces/${name}/MEMORY.md`, '# MEMORY.md\n'],
  ])
  return makeModelFleet(names, {
    'mcos.yaml': `version: 1
name: northwind
timezone: UTC
engines:
  claude: { kind: anthropic, model: claude-sonnet-5-5, base_url: "${url}", key: env:KEY, timeout: 20s, max_tokens: 1000 }
routes: { default: [claude] }
${yaml}`,
    ...Object.fromEntries(files),
  })
}

export function agentNames(count: number): string[] {
  return Array.from({length: count}, (_, at) => `agent-${String(at + 1).padStart(3, '0')}`)
}

/** Whose request it is, by who it says it is. */
export function askerOf({body}: RecordedRequest): string {
  return /# (agent-\d{3})/.exec(JSON.stringify(body?.['system'] ?? ''))?.[1] ?? 'nobody'
}

/** One process for each of these agents, all at the same time. */
export function beatApart(fleet: ModelFleet, agents: readonly string[]): Promise<Ended[]> {
  return Promise.all(agents.map((name) => startMcos(fleet, ['heartbeat', name, '--json']).ended))
}

/** What all of them have to have left behind when the storm is over. */
export async function troublesAfter(fleet: ModelFleet): Promise<string[]> {
  const check = await startMcos(fleet, ['fsck']).ended
  return [
    ...leftByTurns(fleet),
    ...wrongTraces(fleet.dir),
    ...(check.code === 0 ? [] : [`mcos fsck: ${check.code} ${check.stdout}${check.stderr}`.slice(0, 300)]),
  ]
}
