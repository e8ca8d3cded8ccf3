/** A server as an agent is told of it. */
export interface ServerName {
  readonly name: string
  /** Its program, or the host of its address; never an argument, as those may be private. */
  readonly summary: string
}

export interface McpTool {
  readonly name: string
  readonly description: string
  /** JSON Schema of its arguments, as the server gave it. */
  readonly schema: Readonly<Record<string, unknown>>
}

/** What a tool's call came to; `text` is the server's own words, and as little to be trusted. */
export interface McpResult {
  readonly text: string
  readonly isError: boolean
}

/** The MCP servers of one agent, each started when it is first needed. Whatever a server does wrong is a McpTrouble. */
export interface McpHands {
  listServers(): readonly ServerName[]
  /** Those whose name or description holds every word of the query. */
  tools(server: string, query?: string): Promise<readonly McpTool[]>
  describe(server: string, tool: string): Promise<McpTool>
  call(server: string, tool: string, args: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<McpResult>
  /** Ends every server with all that it started. */
  close(): Promise<void>
}

/** A server that can't be used: not trusted, not to be started, silent, dead, or talking nonsense. */
export class McpTrouble extends Error {}
