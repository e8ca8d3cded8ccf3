import type {ClientProgram} from '../app/mcp/install/client-programs.js'
import type {Registered} from '../app/mcp/install/register.js'
import type {ClientPair} from '../app/mcp/install/token.js'
import {formatTable} from './table.js'

const TITLES: Readonly<Record<ClientProgram, string>> = {claude: 'Claude Code', codex: 'Codex', gemini: 'Gemini CLI'}

/** What became of each client's settings, and who can read the token now. */
export function presentRegistered(
  {dry_run, agent, server, clients, token_in}: Registered,
  what: 'install' | 'uninstall',
): string {
  const rows = clients.map(({client, file, change}) => [TITLES[client], wordFor(change, what), file])
  const notes = [
    ...(dry_run ? ['Nothing was written.'] : []),
    ...(!dry_run && token_in.length > 0
      ? [
          `The server is called ${server}; a client that runs has to be started anew.`,
          `The token of ${agent} stands in ${token_in.length === 1 ? 'that file' : 'those files'}: whoever can read it acts as ${agent}. Only you can now.`,
        ]
      : []),
  ]
  return [formatTable(['client', 'settings', 'file'], rows), ...notes].join('\n')
}

/** The pair as a shell takes it, and the line that starts the server. */
export function presentPair({command, args, env}: ClientPair): string {
  return [
    ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
    '',
    'The client starts, with these two in the environment:',
    `  ${[command, ...args].join(' ')}`,
  ].join('\n')
}

function wordFor(change: Registered['clients'][number]['change'], what: 'install' | 'uninstall'): string {
  if (change === 'same') return what === 'install' ? 'has it already' : 'had none'
  return change === 'made' ? 'made' : 'changed'
}
