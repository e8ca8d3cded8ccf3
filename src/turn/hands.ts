import type {ToolSpec} from '../engines/prompt.js'
import {mayRead} from '../guard/contract.js'
import type {Tool, ToolContext} from './tool.js'
import {loadTools} from './tool-list.js'
import {specsOf} from './tool-specs.js'
import type {TurnInput} from './turn-input.js'
import type {Work} from './work.js'
import {judgeChanges, openWorkCopy, type WorkCopy} from './work-copy.js'

/** What a model can act with in one turn: its tools, and a copy of the agent's folder for programs. */
export interface Hands {
  /** All there are: one that wasn't offered is refused by the guard, with its reason. */
  readonly tools: readonly Tool[]
  /** What a model is told of: those that the contract may let it use. */
  readonly specs: readonly ToolSpec[]
  contextFor(work: Work): ToolContext
  /** Where an engine that is a program may work. */
  workFolder(work: Work): Promise<string>
  /** Takes over what such a program has changed, as far as the contract lets it. */
  collectOwnWork(work: Work): Promise<void>
  close(): Promise<void>
}

/** The real ones; what costs time to open is opened when it is first used. */
export async function openHands(input: TurnInput): Promise<Hands> {
  const {fleet, agent, contract, inbox, signal, occasion} = input
  const mcp = await openServers(input)
  const tools = [...(await loadTools()), ...(mcp?.tools ?? [])]
  const offered = tools.filter((tool) => tool.isOffered?.({fleet, agent, contract}) ?? true)
  let copy: WorkCopy | null = null
  return {
    tools,
    specs: specsOf(offered),
    contextFor: ({turn, draft}) => ({fleet, agent, contract, turn, with: occasion.with, inbox, draft, signal}),
    async workFolder({draft}) {
      const reads = (path: string) => mayRead({contract, agent}, path)
      copy ??= openWorkCopy(fleet, agent, draft, {reads})
      return copy.dir
    },
    async collectOwnWork(work) {
      if (copy === null) return
      const {changes, skipped} = copy.collect()
      const judged = judgeChanges(changes, {contract, agent, fleet})
      work.draft.add(judged.allowed)
      const left = [...judged.refused, ...skipped]
      work.lines.push(...left.map(({path, reason}) => `left out ${path}: ${reason}`))
      // What it does next starts from what it has done, and is compared with that.
      copy.close()
      copy = null
    },
    async close() {
      copy?.close()
      await mcp?.close()
    },
  }
}

/** Servers are started by their first call; where none is named, nothing of them is loaded. */
async function openServers({
  fleet,
  agent,
}: TurnInput): Promise<{readonly tools: readonly Tool[]; close(): Promise<void>} | null> {
  if (!Object.values(fleet.home.config.mcp).some(({agents}) => agents.includes(agent.name))) return null
  const [{openMcp}, {mcpTools}] = await Promise.all([import('./mcp/open-mcp.js'), import('./tools/mcp.js')])
  const servers = openMcp(fleet, agent)
  return {tools: mcpTools(servers), close: () => servers.close()}
}
