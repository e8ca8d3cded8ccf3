import type {ToolSpec} from '../engines/prompt.js'
import type {Tool, ToolContext} from './tool.js'

/** What a model is told of the tools that this agent's contract can use, in their order: the same bytes from beat to beat. */
export function toolSpecs(
  tools: readonly Tool[],
  context: Pick<ToolContext, 'fleet' | 'agent' | 'contract'>,
): ToolSpec[] {
  return tools.filter((tool) => tool.isOffered?.(context) ?? true).map(specOf)
}

function specOf({name, description, takes}: Tool): ToolSpec {
  const names = Object.keys(takes)
  const properties = Object.fromEntries(Object.entries(takes).map(([key, schema]) => [key.replace(/\?$/, ''), schema]))
  const required = names.filter((key) => !key.endsWith('?'))
  return {name, description, schema: {type: 'object', properties, required}}
}
