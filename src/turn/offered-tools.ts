import type {ToolSpec} from '../engines/prompt.js'
import type {Tool, ToolContext} from './tool.js'
import {loadTools} from './tool-list.js'
import {specsOf} from './tool-specs.js'

export interface OfferedTools {
  /** All there are: one that wasn't offered is refused by the guard, with its reason. */
  readonly tools: readonly Tool[]
  /** What a model is told of: those that the contract may let it use. */
  readonly specs: readonly ToolSpec[]
  close(): Promise<void>
}

/** The tools of an agent's turns; servers are started by their first call. */
export async function openTools(
  who: Pick<ToolContext, 'fleet' | 'agent' | 'contract' | 'law'> & Partial<Pick<ToolContext, 'signal'>>,
): Promise<OfferedTools> {
  const servers = await openServers(who)
  const tools = [...(await loadTools()), ...(servers?.tools ?? [])]
  return {tools, specs: specsOf(await offeredTo(who, tools)), close: async () => servers?.close()}
}

/** Those of some tools that a model of this agent is told of. */
export async function offeredTo(
  who: Parameters<NonNullable<Tool['isOffered']>>[0],
  tools: readonly Tool[],
): Promise<readonly Tool[]> {
  const isOffered = await Promise.all(tools.map((tool) => tool.isOffered?.(who) ?? true))
  return tools.filter((_, place) => isOffered[place])
}

/** Where no server is named for an agent, nothing of them is loaded. */
async function openServers({
  fleet,
  agent,
  signal,
}: Parameters<typeof openTools>[0]): Promise<{readonly tools: readonly Tool[]; close(): Promise<void>} | null> {
  if (!Object.values(fleet.home.config.mcp).some(({agents}) => agents.includes(agent.name))) return null
  const [{openMcp}, {mcpTools}] = await Promise.all([import('./mcp/open-mcp.js'), import('./tools/mcp.js')])
  const servers = openMcp(fleet, agent, signal ? {signal} : {})
  return {tools: mcpTools(servers), close: () => servers.close()}
}
