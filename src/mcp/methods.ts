import {isRecord} from '../kit/is-record.js'
import {agreedVersion, type Era, type Finding, VERSIONS} from './era.js'
import {type Params, RPC, RpcError} from './message.js'
import type {Served, Underway} from './served.js'

/** One request with all that its method may need. */
export interface Asked extends Underway {
  readonly params: Params
  readonly era: Era
  readonly served: Served
}

type Method = (asked: Asked) => Finding | Promise<Finding>

const CAPABILITIES = {tools: {}, resources: {}, prompts: {}}
/** What an agent may changes with a commit of a person, so nothing is kept for long. */
const FRESH_MS = 5_000
/** The only methods that one era has and the other hasn't. */
const LEGACY_ONLY = ['initialize', 'ping']

const METHODS: Readonly<Record<string, Method>> = {
  initialize: ({params, served: {server, instructions}}) => ({
    result: {
      protocolVersion: agreedVersion(params['protocolVersion']),
      capabilities: CAPABILITIES,
      serverInfo: server,
      instructions,
    },
  }),
  'server/discover': ({served: {server, instructions}}) => ({
    result: {supportedVersions: VERSIONS, capabilities: CAPABILITIES, serverInfo: server, instructions},
    freshMs: FRESH_MS,
  }),
  ping: () => ({result: {}}),
  'tools/list': async ({params, served}) => listed('tools', params, await served.listTools()),
  'tools/call': callTool,
  'resources/list': async ({params, served}) => listed('resources', params, await served.listResources()),
  'resources/templates/list': ({params, served}) => listed('resourceTemplates', params, served.listTemplates()),
  'resources/read': readResource,
  'prompts/list': ({params}) => listed('prompts', params, []),
  'prompts/get': () => {
    throw invalid('there are no prompts here')
  },
}

/** What a request comes to; what this server doesn't do is an RpcError. */
export async function answer(method: string, asked: Asked): Promise<Finding> {
  const found = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined
  if (!found || (asked.era === 'modern' && LEGACY_ONLY.includes(method))) {
    throw new RpcError({code: RPC.noMethod, message: `there is no method ${JSON.stringify(method.slice(0, 100))}`})
  }
  return found(asked)
}

/** All of it is one page: a cursor is one that this server never gave. */
function listed(key: string, {cursor}: Params, items: readonly Params[]): Finding {
  if (cursor !== undefined && cursor !== null) throw invalid('there is no such cursor: everything is on the first page')
  return {result: {[key]: items}, freshMs: FRESH_MS}
}

async function callTool({params, served, ...underway}: Asked): Promise<Finding> {
  const {name, arguments: args = {}} = params
  if (typeof name !== 'string') throw invalid('"name" has to be a text')
  if (!isRecord(args)) throw invalid('"arguments" has to be an object')
  const result = await served.callTool(name, args, underway)
  if (result === null) throw invalid(`Unknown tool: ${name.slice(0, 100)}`)
  return {result}
}

async function readResource({params, era, served}: Asked): Promise<Finding> {
  const {uri} = params
  if (typeof uri !== 'string') throw invalid('"uri" has to be a text')
  const read = await served.readResource(uri)
  if (read.kind === 'found') return {result: {contents: read.contents}, freshMs: 0}
  const {message, data} = read
  throw new RpcError({
    code: era === 'legacy' && read.kind === 'none' ? RPC.noResource : RPC.invalidParams,
    message,
    data,
  })
}

function invalid(message: string): RpcError {
  return new RpcError({code: RPC.invalidParams, message})
}
