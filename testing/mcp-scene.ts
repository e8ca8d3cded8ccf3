import {type OpenServed, openServed} from '../src/app/mcp/open-served.js'
import {agentToken} from '../src/bus/agent-token.js'
import {openScene, type Scene} from './heartbeat-scene.js'

/** What a tool's result comes to. */
export interface ToolResult {
  readonly isError: boolean
  readonly text: string
  readonly value: Readonly<Record<string, unknown>>
}

/** A fleet of donna, who may a little, and jarvis, who may more, with clients for both. */
export interface McpScene extends Scene {
  tokenOf(agent: string): string
  serve(agent: string, session?: string): Promise<OpenServed>
  call(agent: string, tool: string, input?: Readonly<Record<string, unknown>>): Promise<ToolResult>
}

const DONNA = [
  '---',
  'role: Comms triage',
  'reports_to: jarvis',
  'contract:',
  '  reads: [workspaces/donna/**, wiki/**]',
  '  writes: [workspaces/donna/**]',
  '  may: [message, alert.P3, alert.P2, alert.confirm]',
  '  ask: [alert.P1]',
  '  never: [alert.P0]',
  'escalation: { confirms: [P2] }',
  '---',
  '# Donna',
  '',
].join('\n')

const JARVIS = [
  '---',
  'contract:',
  '  reads: ["workspaces/**"]',
  '  may: [message, alert.P3, alert.P2, alert.confirm]',
  'escalation: { confirms: [P2] }',
  '---',
  '# Jarvis',
  '',
].join('\n')

export function openMcpScene(files: Readonly<Record<string, string>> = {}): McpScene {
  const scene = openScene({
    files: {
      'mcos.yaml': 'version: 1\nname: northwind\npeople: { ada: { approves: [all], via: [terminal] } }\n',
      'workspaces/donna/SOUL.md': DONNA,
      'workspaces/donna/MEMORY.md': '# Memory\n\n## Bank\n- It closes at 15:00. — source: ada, 2026-11-20 (high)\n',
      'workspaces/jarvis/SOUL.md': JARVIS,
      'workspaces/jarvis/MEMORY.md': '# Memory\n',
      'wiki/home.md': '# Home\n',
      ...files,
    },
  })
  const tokenOf = (agent: string): string => agentToken(scene.read(`.mcos/keys/${agent}.key`))
  const serve = (agent: string, session = `mcp-${agent}`): Promise<OpenServed> =>
    openServed({
      home: scene.dir,
      cwd: scene.dir,
      env: {PATH: process.env['PATH'], HOME: scene.dir, MCOS_AGENT: agent, MCOS_TOKEN: tokenOf(agent)},
      session,
      clock: scene.clock,
    })
  return {
    ...scene,
    tokenOf,
    serve,
    async call(agent, tool, input = {}) {
      const served = await serve(agent)
      return toResult(await served.callTool(tool, input, aside()))
    },
  }
}

/** Nobody calls it off, and nobody watches. */
export function aside(): {signal: AbortSignal; client: string; progress: () => undefined} {
  return {signal: new AbortController().signal, client: 'a test 1', progress: () => undefined}
}

export function toResult(result: unknown): ToolResult {
  const {
    content,
    structuredContent,
    isError = false,
  } = result as {
    content: readonly {text: string}[]
    structuredContent: Readonly<Record<string, unknown>>
    isError?: boolean
  }
  return {isError, text: content.map(({text}) => text).join('\n'), value: structuredContent}
}
