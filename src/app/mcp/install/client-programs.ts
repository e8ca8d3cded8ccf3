import path from 'node:path'

/** The programs whose settings can name this server. */
export const CLIENTS = ['claude', 'codex', 'gemini'] as const

export type ClientProgram = (typeof CLIENTS)[number]

/** `user`: wherever the client is started; `project`: only in the agent's folder, or as much around it as the client takes for one project. */
export type Scope = 'user' | 'project'

/** Where a client keeps the MCP servers that it starts. */
export interface SettingsPlace {
  /** Absolute. */
  readonly file: string
  readonly format: 'json' | 'toml'
  /** Whether it reads its settings with comments in them. */
  readonly comments: boolean
  /** Keys on the way from the top to the one that holds servers by name. */
  readonly under: readonly string[]
}

interface Client {
  readonly title: string
  placeFor(scope: Scope, where: Where): SettingsPlace
  /** A server as the client has it. */
  entry(server: ServerLine): Readonly<Record<string, unknown>>
}

interface Where {
  /** The folder of the agent, absolute. */
  readonly folder: string
  /** Of the repository that it lies in. */
  readonly root: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Of the person. */
  readonly home: string
}

/** How a client starts the server, and what it hands it. */
export interface ServerLine {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/**
 * As measured with Claude Code 2.1.197, Codex 0.169.0 and Gemini CLI 0.61.0. Claude Code's `.mcp.json` is made to be
 * committed, so a server for one project stands in the person's own file, and its projects are whole repositories.
 */
export const CLIENT_PROGRAMS: Readonly<Record<ClientProgram, Client>> = {
  claude: {
    title: 'Claude Code',
    placeFor: (scope, {root, env, home}) => ({
      file: path.join(env['CLAUDE_CONFIG_DIR'] || home, '.claude.json'),
      format: 'json',
      comments: false,
      under: scope === 'user' ? ['mcpServers'] : ['projects', root, 'mcpServers'],
    }),
    entry: (server) => ({type: 'stdio', ...server}),
  },
  codex: {
    title: 'Codex',
    placeFor: (scope, {folder, env, home}) => ({
      file: path.join(
        scope === 'user' ? env['CODEX_HOME'] || path.join(home, '.codex') : path.join(folder, '.codex'),
        'config.toml',
      ),
      format: 'toml',
      comments: true,
      under: ['mcp_servers'],
    }),
    entry: (server) => ({...server}),
  },
  gemini: {
    title: 'Gemini CLI',
    placeFor: (scope, {folder, home}) => ({
      file: path.join(scope === 'user' ? home : folder, '.gemini', 'settings.json'),
      format: 'json',
      comments: true,
      under: ['mcpServers'],
    }),
    entry: (server) => ({...server}),
  },
}
