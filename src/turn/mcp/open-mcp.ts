import {basename} from 'node:path'
import {childEnv} from '../../kit/child-env.js'
import {isUserError} from '../../kit/errors.js'
import {cleanLine, shorten} from '../../kit/text.js'
import type {AgentEntry} from '../../workspace/agents.js'
import type {McpServer} from '../../workspace/config.js'
import type {Fleet} from '../../workspace/fleet.js'
import {readSecret} from '../../workspace/read-secret.js'
import type {SecretRef} from '../../workspace/secret-ref.js'
import type {AddressOptions} from './address.js'
import {mayUseServer} from './claim.js'
import type {Connection} from './connect.js'
import {type McpHands, type McpTool, McpTrouble, type ServerName} from './hands.js'
import {MCP_LIMITS, type McpLimits} from './limits.js'
import type {ProgramOptions} from './program.js'
import {readResult, readTools} from './result-text.js'

/** The servers that mcos.yaml gives an agent; none is started before it is asked for. */
export function openMcp(
  fleet: Fleet,
  agent: Pick<AgentEntry, 'name'>,
  {limits = MCP_LIMITS, signal = new AbortController().signal}: McpOptions = {},
): McpHands {
  const servers = new Map<string, Server>()
  for (const [name, config] of Object.entries(fleet.home.config.mcp)) {
    if (config.agents.includes(agent.name)) servers.set(name, new Server(fleet, {name, config, limits, signal}))
  }
  const find = (name: string): Server => {
    const server = servers.get(name)
    if (server) return server
    const known = [...servers.keys()].join(', ')
    throw new McpTrouble(`${agent.name} has no server ${JSON.stringify(name)}${known ? `; there are: ${known}` : ''}`)
  }
  return {
    listServers: () => [...servers.values()].map((server) => server.summary()),
    tools: async (name, query = '') => {
      const words = query.toLowerCase().split(/\s+/)
      const tools = await find(name).tools()
      return tools.filter((tool) => {
        const text = `${tool.name} ${tool.description}`.toLowerCase()
        return words.every((word) => text.includes(word))
      })
    },
    describe: (name, tool) => find(name).describe(tool),
    call: async (name, tool, args, signal) => {
      const server = find(name)
      const {name: known} = await server.describe(tool)
      const result = await server.ask('tools/call', {name: known, arguments: args}, {timeoutMs: limits.callMs, signal})
      return readResult(result, limits.resultBytes)
    },
    close: async () => {
      await Promise.all([...servers.values()].map((server) => server.close()))
    },
  }
}

export interface McpOptions {
  readonly limits?: McpLimits
  /** Ends what is being asked, and what is being started. */
  readonly signal?: AbortSignal
}

interface ServerOptions extends Required<McpOptions> {
  readonly name: string
  readonly config: McpServer
}

/** A server that dies is started anew, this often in a turn. */
const MAX_STARTS = 3

class Server {
  private connection: Promise<Connection> | null = null
  private list: Promise<readonly McpTool[]> | null = null
  private starts = 0
  private isClosed = false
  private readonly ending = new AbortController()
  /** What must not come back in words of ours. */
  private secrets: string[] = []

  constructor(
    private readonly fleet: Fleet,
    private readonly options: ServerOptions,
  ) {}

  summary(): ServerName {
    const {name, config} = this.options
    if ('command' in config) return {name, summary: basename(config.command.at(-1) ?? '')}
    return {name, summary: typeof config.url === 'string' ? new URL(config.url).host : 'an address'}
  }

  tools(): Promise<readonly McpTool[]> {
    this.list ??= this.readList().catch((error: unknown) => {
      this.list = null
      throw error
    })
    return this.list
  }

  async describe(tool: string): Promise<McpTool> {
    const found = (await this.tools()).find(({name}) => name === tool)
    if (found) return found
    throw new McpTrouble(`${this.options.name} has no tool ${JSON.stringify(shorten(tool, 80))}`)
  }

  async ask(
    method: string,
    params: Readonly<Record<string, unknown>>,
    how: {readonly timeoutMs: number; readonly signal?: AbortSignal},
  ): Promise<Readonly<Record<string, unknown>>> {
    const signal = how.signal ?? this.options.signal
    const connection = await this.connected()
    try {
      return await connection.ask(method, params, {...how, signal})
    } catch (error) {
      throw this.troubleOf(signal.aborted ? 'it was stopped' : (connection.trouble() ?? error))
    }
  }

  async close(): Promise<void> {
    this.isClosed = true
    this.ending.abort()
    // What could not be started has nothing to be closed.
    const connection = await this.connection?.catch(() => null)
    await connection?.close()
  }

  private async readList(): Promise<readonly McpTool[]> {
    const {listMs, tools: most} = this.options.limits
    const until = Date.now() + listMs
    const tools = new Map<string, McpTool>()
    const seen = new Set<string>()
    for (let cursor: string | null = ''; cursor !== null && tools.size < most; ) {
      seen.add(cursor)
      const params = cursor === '' ? {} : {cursor}
      const page = await this.ask('tools/list', params, {timeoutMs: Math.max(until - Date.now(), 1)})
      for (const tool of readTools(page)) if (!tools.has(tool.name)) tools.set(tool.name, tool)
      const next: unknown = page['nextCursor']
      // A list that leads back to where it was has no end.
      cursor = typeof next === 'string' && next !== '' && !seen.has(next) ? next : null
    }
    return [...tools.values()].slice(0, most)
  }

  private async connected(): Promise<Connection> {
    const current = this.connection
    const before = await current?.catch(() => null)
    if (before && before.trouble() === null) return before
    // Another call may have begun it anew while this one waited.
    if (this.connection === current || this.connection === null) this.connection = this.start()
    return await this.connection
  }

  private async start(): Promise<Connection> {
    const {name, config, limits} = this.options
    if (this.isClosed) throw this.troubleOf('the turn is over')
    if (!mayUseServer(this.fleet, name, config)) {
      throw this.troubleOf('it is not trusted on this machine; a person runs: mcos trust')
    }
    if (this.starts++ >= MAX_STARTS) throw this.troubleOf(`it was started ${MAX_STARTS} times and is left alone`)
    this.list = null
    try {
      const reached = this.reach(config)
      const {connect} = await import('./connect.js')
      return await connect(reached, {
        startMs: limits.startMs,
        signal: AbortSignal.any([this.ending.signal, this.options.signal]),
      })
    } catch (error) {
      throw this.troubleOf(error)
    }
  }

  private reach(config: McpServer): ProgramOptions | AddressOptions {
    const {messageBytes} = this.options.limits
    if ('command' in config) {
      const env = {...childEnv(this.fleet.env), ...this.resolveAll(config.env)}
      return {argv: config.command, cwd: this.fleet.home.dir, env, messageBytes}
    }
    return {url: this.resolve(config.url), headers: this.resolveAll(config.headers), messageBytes}
  }

  private resolveAll(values: Readonly<Record<string, SecretRef | string>>): Record<string, string> {
    return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, this.resolve(value)]))
  }

  private resolve(value: SecretRef | string): string {
    if (typeof value === 'string') return value
    const secret = readSecret(value, this.fleet.env)
    this.secrets.push(secret)
    return secret
  }

  private troubleOf(error: unknown): McpTrouble {
    if (error instanceof McpTrouble) return error
    const words = error instanceof Error ? error.message : String(error)
    const safe = this.secrets.reduce((text, secret) => text.replaceAll(secret, '…'), words)
    const cause = isUserError(error) ? {} : {cause: error}
    return new McpTrouble(`${this.options.name}: ${shorten(cleanLine(safe), 300)}`, cause)
  }
}
