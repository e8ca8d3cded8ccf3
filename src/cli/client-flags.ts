import {Flags} from '@oclif/core'
import {CLIENTS, type ClientProgram, type Scope} from '../app/mcp/install/client-programs.js'
import {EXIT, UserError} from '../kit/errors.js'

const SCOPES = ['user', 'project'] as const satisfies readonly Scope[]

/** For commands that are about the settings of MCP clients. */
export const clientFlags = {
  claude: Flags.boolean({description: 'Claude Code.'}),
  codex: Flags.boolean({description: 'The Codex CLI.'}),
  gemini: Flags.boolean({description: 'The Gemini CLI.'}),
  scope: Flags.option({
    options: SCOPES,
    default: 'user' as const,
    description: 'Wherever you start the client, or only in the folder of the agent.',
  })(),
  'dry-run': Flags.boolean({description: 'Show what would be written and change nothing.'}),
}

/** The clients that flags name; none is wrong usage. */
export function clientsOf(flags: Readonly<Record<ClientProgram, boolean>>, fix: string): ClientProgram[] {
  const clients = CLIENTS.filter((client) => flags[client])
  if (clients.length > 0) return clients
  throw new UserError('Nothing says which client is meant.', {code: 'USAGE', fix, exit: EXIT.usage})
}
