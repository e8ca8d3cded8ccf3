import type {ToolSpec} from '../engines/prompt.js'
import type {Tool} from './tool.js'

/** Tools as a model is told of them, in their order: the same bytes from beat to beat. */
export function specsOf(tools: readonly Tool[]): ToolSpec[] {
  return tools.map(specOf)
}

function specOf({name, description, takes}: Tool): ToolSpec {
  const names = Object.keys(takes)
  const properties = Object.fromEntries(Object.entries(takes).map(([key, schema]) => [key.replace(/\?$/, ''), schema]))
  const required = names.filter((key) => !key.endsWith('?'))
  return {name, description, schema: {type: 'object', properties, required}}
}
