import type {Action, TurnFacts} from '../src/guard/action.js'
import type {Dice} from './dice.js'

/** What Cedar is told of one action: plain facts of the text, none of them made by the guard's own code. */
export type CedarContext = Readonly<Record<string, string | boolean>>

export interface Request {
  readonly action: Action
  readonly facts: TurnFacts
  readonly context: CedarContext
}

const FOLDERS = [
  ...[
    '',
    '',
    'wiki/',
    'wiki/',
    'wiki/engineering/',
    'briefings/',
    'workspaces/donna/memory/',
    'wiki/engineering/',
    'wiki/engineering/deep/',
    'deploy/',
    'workspaces/',
    'briefings/',
  ],
  ...[
    'workspaces/donna/',
    'workspaces/donna/',
    'workspaces/donna/memory/',
    'workspaces/donna/tmp/',
    'workspaces/flow/',
  ],
  ...['workspaces/flow/memory/', 'keys/', 'guardrails/', 'tasks/', 'a/tasks/', 'secrets/', 'a/secrets/', '.git/hooks/'],
  ...['a/.mcos/', '.claude/', 'a/.github/workflows/', '/etc/', '/home/ada/.ssh/', 'x/../', 'x//', './', 'memory/'],
]
const NAMES = [
  ...[
    'notes.md',
    'notes.md',
    'todo.md',
    'index.md',
    'MEMORY.md',
    'SOUL.md',
    'agents.md',
    'app.service',
    '.env',
    '.env.local',
    'server.pem',
  ],
  ...['release.sh', 'main.ts', '2026-11-21.md', 'CLAUDE.md', '.mcp.json', 'credentials', 'index.md', '.git', '', ''],
]
const HOSTS = [
  ...[
    'example.com',
    'api.example.com',
    'EXAMPLE.com',
    'example.com:8443',
    'deep.api.example.com:443',
    'evilexample.com',
  ],
  ...['status.northwind.example', '127.0.0.1:80', '127.0.0.1', '10.0.0.1'],
]
export const COMMANDS = [
  ...[
    'npm test',
    'npm test -- --watch',
    'npm testing',
    'npm publish',
    'git status',
    'git status -s',
    'git push origin main',
  ],
  ...[
    'git push --force origin main',
    'git push -f',
    'git push origin fix',
    'ls',
    'ls /etc',
    'gh auth token',
    'gh auth status',
  ],
  ...[
    'sudo gh auth token',
    '/usr/bin/gh auth token',
    'sudo /usr/bin/gh auth token',
    'echo gh auth token',
    'gh pr list',
  ],
  ...[
    'ls; gh auth token',
    'echo $(gh auth token)',
    'rm -rf build',
    'rm -rf /var',
    'sudo rm -r ../flow',
    'rm -f /tmp/x',
  ],
  ...['rm build -r', 'rm -rf ~/photos', 'rm -rf /home/ada/fleet/workspaces/donna/tmp', 'kubectl apply -f a'],
  ...['kubectl -n shop apply -f a', 'kubectl get apply', 'make', 'make deploy'],
]
const REFS = [
  'refs/heads/main',
  'main',
  'MAIN',
  'refs/heads/release/1',
  'refs/heads/flow/x',
  'refs/tags/v1',
  'refs/tags/v/1',
]
const WORDS = [
  ...['message', 'mail.send', 'mail.draft', 'mail', 'memory.add', 'alert.P3', 'alert.P0', 'alert.confirm', 'deploy'],
  ...['mcp.search.query', 'mcp', 'task.create', 'channel.post', 'shell', 'token.revoke', 'mailing'],
]
const VERBS: readonly (readonly string[])[] = [
  ['read', 'write', 'write', 'delete'],
  ['fetch', 'http.get', 'http.post'],
  ['run'],
  ['git.push'],
  WORDS,
]
const TEXTS: readonly (readonly [text: string, secret: boolean, blank: boolean])[] = [
  ['', false, false],
  ['hello', false, false],
  ['[Service]\nExecStart=/bin/app\nKillMode=process', false, false],
  ['  [SERVICE] \r\nkillmode=control-group', false, false],
  ['The page was last seen 4 hours ago.', false, false],
  ['PORT=80\nTOKEN=\n', false, true],
  ['password: changeme', false, true],
  [`say hello to gh${'p'}_0123456789abcdefghijABCDEFGHIJ012345`, true, false],
  [`A=\nB=gh${'p'}_0123456789abcdefghijABCDEFGHIJ012345`, true, true],
]

/** One action in one turn, and the same as facts for Cedar. */
export function drawRequest(chance: Dice): Request {
  const verb = chance.pick(chance.pick(VERBS))
  const target = targetOf(verb, chance)
  const said = chance.below(3) === 0 ? null : chance.pick(TEXTS)
  const facts: TurnFacts = {
    taint: chance.below(4) === 0 ? ['https://example.com/'] : [],
    secrets: chance.below(4) === 0 ? ['.env'] : [],
    outside: chance.below(4) === 0 ? ['fetch example.com'] : [],
    isClockChecked: chance.below(2) === 0,
  }
  const action: Action = {verb, target, ...(said === null ? {} : {content: said[0]})}
  const isTree = target.endsWith('/')
  const folded = target.toLowerCase()
  const lines = (said?.[0] ?? '').split(/\r?\n/).map((line) => line.trim().toLowerCase())
  const [host = '', port = ''] = folded.split(':')
  const context: CedarContext = {
    verb,
    target,
    folded,
    whole: isTree ? `${target}x` : target,
    bare: isTree ? folded.slice(0, -1) : folded,
    branch: `refs/heads/${folded}`,
    isTree,
    host,
    port,
    isKnown: said !== null,
    line0: lines[0] ?? '',
    line1: lines[1] ?? lines[0] ?? '',
    line2: lines[2] ?? lines[0] ?? '',
    secretText: said?.[1] ?? false,
    blankText: said?.[2] ?? false,
    tainted: facts.taint.length > 0,
    secret: facts.secrets.length > 0,
    outside: facts.outside.length > 0,
    clockChecked: facts.isClockChecked,
  }
  return {action, facts, context}
}

function targetOf(verb: string, chance: Dice): string {
  if (verb === 'fetch' || verb.startsWith('http.')) return chance.pick(HOSTS)
  if (verb === 'run') return chance.pick(COMMANDS)
  if (verb === 'git.push') return chance.pick(REFS)
  if (verb !== 'read' && verb !== 'write' && verb !== 'delete') return chance.pick(['', 'jarvis', 'a/b'])
  const path = `${chance.pick(FOLDERS)}${chance.pick(NAMES)}`
  return chance.below(8) === 0 ? path.toUpperCase() : path
}
