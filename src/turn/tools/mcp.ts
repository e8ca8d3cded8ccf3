import {decide} from '../../guard/decide.js'
import {isRecord} from '../../kit/is-record.js'
import {shorten} from '../../kit/text.js'
import {BadCall} from '../bad-call.js'
import {type McpHands, type McpTool, McpTrouble} from '../mcp/hands.js'
import {cut, TOOL_NAME} from '../mcp/result-text.js'
import {optionalTextOf, type Tool, type ToolContext, type ToolOutcome, textOf} from '../tool.js'

type Input = Readonly<Record<string, unknown>>

/** Of what a server is asked for, a list of its tools may take this much of the context, and one tool's schema that. */
const LIST_BYTES = 2_600
const SCHEMA_BYTES = 8 * 1024
const DESCRIPTION_LETTERS = 80
const SERVER_NAME = /^[A-Za-z0-9][\w-]{0,63}$/

/**
 * The tools of all MCP servers by two of ours, so that a server with hundreds costs no more than one with three: what
 * there is and how it is called is asked for when it is wanted.
 */
export function mcpTools(hands: McpHands): readonly Tool[] {
  const isOffered = () => hands.listServers().length > 0
  const names = hands.listServers().map(({name}) => name)
  const servers = shorten(names.join(', '), 400)
  return [
    {
      name: 'mcp_tools',
      description: `Tools of the servers ${servers}: their names; with "tool", how it is called.`,
      takes: {server: {type: 'string'}, 'query?': {type: 'string'}, 'tool?': {type: 'string'}},
      isOffered,
      verbOf: () => null,
      targetOf: (input) => serverOf(input),
      perform: (input, context) => answer(hands, input, () => lookUp(hands, input, context)),
    },
    {
      name: 'mcp_call',
      description: 'Call a tool of a server.',
      takes: {server: {type: 'string'}, tool: {type: 'string'}, 'arguments?': {type: 'object'}},
      isOffered,
      verbOf: (input) => verbOf(serverOf(input), toolOf(input)),
      targetOf: (input) => `${serverOf(input)} ${toolOf(input)}`,
      contentOf: (input) => JSON.stringify(argumentsOf(input), null, 1),
      perform: (input, context) => answer(hands, input, () => call(hands, input, context)),
    },
  ]
}

interface Said {
  readonly text: string
  readonly line: string | null
}

/** Whatever comes back is the server's: marked as from outside, and its trouble is an answer like any other. */
async function answer(hands: McpHands, input: Input, act: () => Promise<Said>): Promise<ToolOutcome> {
  const server = serverOf(input)
  if (!hands.listServers().some(({name}) => name === server)) {
    const known = hands.listServers().map(({name}) => name)
    throw new BadCall(`there is no server ${JSON.stringify(server)}; there are: ${known.join(', ') || 'none'}`)
  }
  const rest = {changes: [], messages: [], taint: `mcp ${server}`}
  try {
    return {...(await act()), ...rest}
  } catch (error) {
    if (!(error instanceof McpTrouble)) throw error
    return {text: `error: ${error.message}`, line: `mcp ${error.message}`, ...rest}
  }
}

async function call(hands: McpHands, input: Input, {signal}: ToolContext): Promise<Said> {
  const [server, tool] = [serverOf(input), toolOf(input)]
  const {text, isError} = await hands.call(server, tool, argumentsOf(input), signal)
  return {text: isError ? `error: ${text}` : text, line: `mcp ${server} ${tool}${isError ? ' failed' : ''}`}
}

async function lookUp(hands: McpHands, input: Input, context: ToolContext): Promise<Said> {
  const server = serverOf(input)
  const wanted = optionalTextOf(input, 'tool')
  if (wanted !== null) {
    const {name, description, schema} = await hands.describe(server, wanted)
    return {text: [name, description, cut(JSON.stringify(schema), SCHEMA_BYTES)].join('\n'), line: null}
  }
  const found = await hands.tools(server, optionalTextOf(input, 'query') ?? '')
  return {text: listTools(found, (tool) => effectOf(tool, server, context)), line: null}
}

/** With a line on each where they all fit, else by their names, as many as fit; what is left out is counted. */
function listTools(found: readonly McpTool[], effectOf: (tool: McpTool) => string): string {
  const usable = found.filter((tool) => effectOf(tool) !== 'deny')
  const closed = found.length - usable.length
  const end = closed > 0 ? `\n(${closed} more are not in your contract)` : ''
  if (usable.length === 0) return `No tool here that fits.${end}`
  const name = (tool: McpTool) => (effectOf(tool) === 'ask' ? `${tool.name} (a person says yes each time)` : tool.name)
  const lines = usable.map((tool) => {
    const about = shorten(tool.description.split('\n')[0] ?? '', DESCRIPTION_LETTERS)
    return about === '' ? name(tool) : `${name(tool)}: ${about}`
  })
  if (Buffer.byteLength(lines.join('\n')) <= LIST_BYTES) return `${lines.join('\n')}${end}`
  const fitting: string[] = []
  let room = LIST_BYTES
  for (const text of usable.map(name)) {
    room -= text.length + 2
    if (room < 0) break
    fitting.push(text)
  }
  const left = usable.length - fitting.length
  return `${fitting.join(', ')}${left > 0 ? `\n(${left} more: narrow it by "query")` : ''}${end}`
}

function effectOf({name}: McpTool, server: string, {law, facts}: ToolContext): string {
  return decide(law, {verb: verbOf(server, name), target: `${server} ${name}`}, facts).effect
}

/** The contract's word; a server's name has no dot, so that no two tools can share one. */
function verbOf(server: string, tool: string): string {
  return `mcp.${server}.${tool}`
}

function serverOf(input: Input): string {
  const name = textOf(input, 'server')
  if (SERVER_NAME.test(name)) return name
  throw new BadCall('"server" has to be the name of a server')
}

function toolOf(input: Input): string {
  const name = textOf(input, 'tool')
  if (TOOL_NAME.test(name)) return name
  throw new BadCall('"tool" has to be the name of a tool')
}

/** Some models write them as a text of JSON. */
function argumentsOf(input: Input): Readonly<Record<string, unknown>> {
  const given = input['arguments'] ?? {}
  if (isRecord(given)) return given
  try {
    const parsed: unknown = typeof given === 'string' ? JSON.parse(given) : null
    if (isRecord(parsed)) return parsed
  } catch {
    // Told below, like every other thing that is no object.
  }
  throw new BadCall('"arguments" has to be an object')
}
