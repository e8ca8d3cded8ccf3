import {isRecord} from '../../kit/is-record.js'
import {clean, shorten} from '../../kit/text.js'
import type {McpResult, McpTool} from './hands.js'

/** Names as the protocol advises them; any other could pass for a second tool or for more than one word of a contract. */
export const TOOL_NAME = /^[A-Za-z0-9_][A-Za-z0-9_./-]{0,127}$/

const MAX_DESCRIPTION = 2_000

/** What a model reads of a result: its texts, the names of what is none, cut at `maxBytes` with a line that says so. */
export function readResult(result: Readonly<Record<string, unknown>>, maxBytes: number): McpResult {
  const content = Array.isArray(result['content']) ? result['content'] : []
  const parts = content.map(textOf).filter((part) => part !== '')
  const structured = result['structuredContent']
  if (parts.length === 0 && isRecord(structured)) parts.push(JSON.stringify(structured))
  const text = clean(parts.join('\n'))
  return {text: cut(text === '' ? '(nothing)' : text, maxBytes), isError: result['isError'] === true}
}

/** The tools of one page of a list; those with a name that could deceive are left out. */
export function readTools(page: Readonly<Record<string, unknown>>): McpTool[] {
  const tools = Array.isArray(page['tools']) ? page['tools'] : []
  return tools.flatMap((tool): McpTool[] => {
    if (!isRecord(tool) || typeof tool['name'] !== 'string' || !TOOL_NAME.test(tool['name'])) return []
    const description = typeof tool['description'] === 'string' ? tool['description'] : ''
    const schema = isRecord(tool['inputSchema']) ? tool['inputSchema'] : {type: 'object'}
    return [{name: tool['name'], description: shorten(clean(description).trim(), MAX_DESCRIPTION), schema}]
  })
}

/** The beginning of a text, cut between two characters. */
export function cut(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= maxBytes) return text
  const head = bytes
    .subarray(0, maxBytes)
    .toString('utf8')
    .replace(/\ufffd+$/, '')
  return `${head}\n(cut: the first ${maxBytes} of ${bytes.length} bytes)`
}

function textOf(part: unknown): string {
  if (!isRecord(part)) return ''
  const {type, text, data, mimeType, resource, uri, name} = part
  if (type === 'text') return typeof text === 'string' ? text : ''
  if (type === 'resource' && isRecord(resource)) {
    if (typeof resource['text'] === 'string') return resource['text']
    return `(${String(resource['mimeType'] ?? 'a file')} ${String(resource['uri'] ?? '')}, not shown)`
  }
  if (type === 'resource_link') return `(a link: ${String(name ?? '')} ${String(uri ?? '')})`
  const bytes = typeof data === 'string' ? `, ${Math.round((data.length * 3) / 4)} bytes` : ''
  return `(${String(mimeType ?? type ?? 'something')}${bytes}, not shown)`
}
