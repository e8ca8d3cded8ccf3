import type {ToolSpec} from '../engines/prompt.js'
import {decide} from '../guard/contract.js'
import type {Change} from '../workspace/change.js'
import {pathsOf} from '../workspace/change.js'
import type {Tool, ToolContext} from './tool.js'
import {loadTools} from './tool-list.js'
import {specsOf} from './tool-specs.js'
import type {TurnInput} from './turn-input.js'
import type {Work} from './work.js'
import {openWorkCopy, type WorkCopy} from './work-copy.js'

/** What a model can act with in one turn: its tools, and a copy of the agent's folder for programs. */
export interface Hands {
  readonly tools: readonly Tool[]
  /** What a model is told of them. */
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
  const all = await loadTools()
  const tools = all.filter((tool) => tool.isOffered?.({fleet, agent, contract}) ?? true)
  let copy: WorkCopy | null = null
  return {
    tools,
    specs: specsOf(tools),
    contextFor: ({turn, draft}) => ({fleet, agent, contract, turn, with: occasion.with, inbox, draft, signal}),
    async workFolder({draft}) {
      copy ??= await openWorkCopy(fleet, agent, draft)
      return copy.dir
    },
    async collectOwnWork(work) {
      if (copy === null) return
      const {changes, skipped} = await copy.collect()
      const isAllowed = (change: Change) => pathsOf(change).every((path) => mayWrite(input, path))
      work.draft.add(changes.filter(isAllowed))
      const refused = changes.filter((change) => !isAllowed(change)).flatMap(pathsOf)
      work.lines.push(
        ...refused.map((path) => `refused write: ${path} is not among the contract's writes`),
        ...skipped.map(({path, reason}) => `left out ${path}: ${reason}`),
      )
    },
    async close() {
      await copy?.close()
    },
  }
}

function mayWrite({contract, agent}: TurnInput, path: string): boolean {
  return decide({contract, agent, verb: 'write', target: path}).effect === 'allow'
}
