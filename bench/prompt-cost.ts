import {fileURLToPath} from 'node:url'
import {planWorkspace} from '../src/fleet/plan-workspace.js'
import {AGENT_TEMPLATES} from '../src/fleet/read-template.js'
import {openShipped} from '../src/fleet/shipped.js'
import {says} from '../testing/model-server/behaviour.js'
import {inputOf, type ModelBench, openModelBench} from './model-bench.js'

export const ROLES: readonly string[] = [...AGENT_TEMPLATES, 'main']

/** What one rhythm costs an agent whose every beat has three questions. */
export interface RoleCost {
  readonly minutes: number
  /** Of the second beat, cached or not. */
  readonly input: number
  readonly cacheRead: number
  readonly usdADay: number
  readonly tokensADay: number
  readonly calls: number
  readonly isPrefixSame: boolean
}

const ANSWER =
  'Stalled work: nothing. Morning page: Ms Bell waits since Friday, asked once. Memory: two lines of yesterday kept.'

/** A workspace as `mcos init` makes it, with three questions at every beat. */
export function openRole(role: string, minutes: number, yaml = ''): Promise<ModelBench> {
  return openModelBench({files: workspaceOf(role, minutes), yaml, script: () => says(ANSWER)})
}

/** Two beats of a workspace as `mcos init` makes it: the first fills the cache, the second is what all later ones cost. */
export async function measureRole(
  role: string,
  {minutes, yaml = ''}: {minutes: number; yaml?: string},
): Promise<RoleCost> {
  const bench = await openRole(role, minutes, yaml)
  try {
    const [first] = await bench.beatAfter(0)
    const [second] = await bench.beatAfter(minutes)
    if (!first || !second) throw new Error('nobody beat')
    for (const {error} of [first, second]) if (error) throw new Error(`${role}: ${error.code} ${error.message}`)
    const asked = bench.requests.filter(({wire}) => wire === 'messages')
    const prefixes = new Set(asked.map(({body}) => JSON.stringify([body?.['tools'], body?.['system']])))
    const later = 1440 / minutes - 1
    return {
      minutes,
      input: inputOf(second),
      cacheRead: second.tokens.cache_read,
      usdADay: first.cost_usd + later * second.cost_usd,
      tokensADay: inputOf(first) + first.tokens.output + later * (inputOf(second) + second.tokens.output),
      calls: asked.length,
      isPrefixSame: prefixes.size === 1,
    }
  } finally {
    await bench.close()
  }
}

/** The same with a server of MCP tools, and the names of its tools as the model is told of them. */
export async function withServer(count: number): Promise<{cost: RoleCost; tools: string[]}> {
  const server = fileURLToPath(new URL('../testing/fake-mcp/fake-server.mjs', import.meta.url))
  const yaml = `mcp: { search: { command: [${process.execPath}, ${server}, tools=${count}], agents: [donna] } }`
  const bench = await openRole('comms', 30, yaml)
  try {
    await bench.beatAfter(0)
    const {body} = bench.requests.find(({wire}) => wire === 'messages') ?? {}
    const tools = Array.isArray(body?.['tools']) ? (body['tools'] as {name: string}[]) : []
    const cost = await measureRole('comms', {minutes: 30, yaml})
    return {cost, tools: tools.map(({name}) => name).filter((name) => name.startsWith('mcp'))}
  } finally {
    await bench.close()
  }
}

export interface DayCost {
  readonly minutes: number
  readonly beats: number
  readonly calls: number
  readonly tokens: number
  readonly usd: number
  /** Input of the largest request. */
  readonly largest: number
  /** Of all input, in per cent. */
  readonly cacheShare: number
}

/** A whole day from midnight to midnight, each check at its own time. */
export async function measureDay(bench: ModelBench, minutes: number): Promise<DayCost> {
  try {
    const day = {beats: 0, calls: 0, tokens: 0, usd: 0, largest: 0, read: 0, input: 0}
    // What a workspace does at its very first beat it does once in its life.
    await bench.beatAfter(0)
    for (; day.beats < 1440 / minutes; day.beats++) {
      for (const agent of await bench.beatAfter(minutes)) {
        if (agent.error) throw new Error(`${agent.error.code}: ${agent.error.message}`)
        day.calls += agent.model_calls
        day.input += inputOf(agent)
        day.tokens += inputOf(agent) + agent.tokens.output
        day.usd += agent.cost_usd
        day.read += agent.tokens.cache_read
        day.largest = Math.max(day.largest, inputOf(agent))
      }
    }
    const {read, input, ...told} = day
    return {minutes, ...told, cacheShare: Math.round((100 * read) / Math.max(input, 1))}
  } finally {
    await bench.close()
  }
}

function workspaceOf(role: string, minutes: number): Record<string, string> {
  const shipped = openShipped()
  const about = {template: role, name: 'donna', path: 'workspaces/donna', fleet: 'northwind', person: 'ada'}
  const changes = planWorkspace(shipped, {...about, reportsTo: 'ada', team: ['jarvis: orchestrator']})
  const files = Object.fromEntries(
    changes.flatMap((change) => (change.kind === 'write' ? [[change.path, change.content]] : [])),
  ) as Record<string, string>
  const rules = shipped
    .list('guardrails')
    .map(({name}) => [`guardrails/${name}`, shipped.readText(`guardrails/${name}`) ?? ''])
  const path = 'workspaces/donna/HEARTBEAT.md'
  const heartbeat = files[path] ?? ''
  const standing = heartbeat.includes('## Rules') ? heartbeat.slice(heartbeat.indexOf('## Rules')) : ''
  return {...files, ...Object.fromEntries(rules), [path]: `${checksEvery(minutes)}\n${standing}`}
}

function checksEvery(minutes: number): string {
  return ['Stalled work', 'Morning page', 'Memory']
    .map(
      (title) =>
        `## ${title} (every ${minutes} minutes)\n- [ ] Who promised something for today and has gone quiet? Ask once.\n`,
    )
    .join('\n')
}
