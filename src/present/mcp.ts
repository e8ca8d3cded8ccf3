import type {ClientProgram} from '../app/mcp/install/client-programs.js'
import type {Registered} from '../app/mcp/install/register.js'
import type {ClientPair} from '../app/mcp/install/token.js'
import {formatTable} from './table.js'

const TITLES: Readonly<Record<ClientProgram, string>> = {claude: 'Claude Code', codex: 'Codex', gemini: 'Gemini CLI'}

type What = 'install' | 'uninstall'

/** What became of each client's settings, and who can read the token now; of a rehearsal what would stand there. */
export function presentRegistered({dry_run, agent, server, clients, token_in}: Registered, what: What): string {
  const rows = clients.map(({client, file, change}) => [TITLES[client], wordFor(change, {what, dry_run}), file])
  const notes = [
    ...(dry_run ? [...clients.flatMap(presentWhole), 'Nothing was written.'] : []),
    ...(!dry_run && token_in.length > 0
      ? [
          `The server is called ${server}; a client that runs has to be started anew.`,
          `The token of ${agent} stands in ${token_in.length === 1 ? 'that file' : 'those files'}: whoever can read it acts as ${agent}. Only you can now.`,
        ]
      : []),
  ]
  return [formatTable(['client', 'settings', 'file'], rows), ...notes].join('\n')
}

function presentWhole({file, change, text}: Registered['clients'][number]): string[] {
  if (text === null || (change !== 'made' && change !== 'changed')) return []
  const beside = change === 'changed' ? ', beside what is there' : ''
  return ['', `In ${file}${beside}:`, ...text.split('\n').map((line) => (line === '' ? '' : `  ${line}`))]
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

function wordFor(
  change: Registered['clients'][number]['change'],
  {what, dry_run}: {readonly what: What; readonly dry_run: boolean},
): string {
  if (change === 'same') return what === 'install' ? 'has it already' : 'had none'
  if (change === 'tightened') return dry_run ? 'has it already, would be closed to others' : 'closed to others'
  return dry_run ? `would be ${change}` : change
}
