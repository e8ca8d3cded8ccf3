import type {Law} from '../src/guard/action.js'
import type {GuardrailRule} from '../src/workspace/guardrail-file.js'
import type {Dice} from './dice.js'

const GLOBS = [
  ...[
    '**',
    'wiki/**',
    'wiki/*',
    'wiki/*.md',
    'wiki/engineering/**',
    'wiki/index.md',
    'workspaces/**',
    'deploy/*.service',
  ],
  ...['workspaces/donna/**', 'workspaces/donna/**', 'workspaces/donna/memory/*.md', '**/*.service', '**/notes.md'],
  ...['**/.env', '**/*.pem', 'secrets/**', 'briefings/**', 'notes.md', '**/'],
]
const HOSTS = ['example.com', '*.example.com', 'example.com:8443', 'status.northwind.example', '127.0.0.1', '*.0.0.1']
const PREFIXES = [
  'npm test',
  'npm',
  'git status',
  'git push',
  'ls',
  'gh auth',
  'gh',
  'rm',
  'make',
  'kubectl',
  'sudo',
  'echo',
]
const MAY = [
  ...[
    'message',
    'mail.*',
    'mail.draft',
    'alert.P3',
    'alert.*',
    'http.post',
    'http.*',
    'http.get',
    'git.push',
    'memory.add',
  ],
  ...['deploy', 'mcp.*', 'mcp.search.query', 'task.create', 'channel.post', 'mail', 'token.revoke'],
]
const ASK = [
  'http.post',
  'mail',
  'mail.send',
  'git.push',
  'deploy',
  'alert',
  'write',
  'fetch',
  'run',
  'mcp.search.*',
  'MEMORY',
  '*',
]
const NEVER = ['shell', 'mail.send', 'http', 'MAIL', 'deploy', 'delete', 'alert.p0', 'mcp.*', 'git', '*']
const RULE_VERBS = [
  '*',
  'read',
  'write',
  'delete',
  'fetch',
  'http',
  'run',
  'git.push',
  'mail',
  'alert',
  'memory.*',
  'message',
]
export const BEGINS = ['gh auth token', 'rm -r', 'kubectl apply', 'git push origin main', 'npm publish']
const REFS = ['refs/heads/main', 'refs/heads/release/**', 'refs/tags/*', 'refs/heads/*', 'refs/heads/**']
const LINES = ['[Service]', 'KillMode=control-group', '* hours ago*', '*hello*', 'TOKEN=*', '*']

const PLACES = {
  donna: {name: 'donna', path: 'workspaces/donna'},
  flow: {name: 'flow', path: 'workspaces/flow'},
  flat: {name: 'donna', path: '.'},
  root: {name: 'jarvis', path: '.'},
}

/** A law out of the family of patterns that Cedar's `like` can say. */
export function drawLaw(chance: Dice): Law {
  const agent = chance.below(4) === 0 ? PLACES.flat : PLACES.donna
  const others = chance.below(5) === 0 && agent === PLACES.donna ? [PLACES.flow, PLACES.root] : [PLACES.flow]
  const some = <T>(items: readonly T[], most: number): T[] =>
    Array.from({length: chance.below(most + 1)}, () => chance.pick(items))
  return {
    agent,
    others,
    contract:
      chance.below(40) === 0
        ? null
        : {
            reads: some(GLOBS, 6),
            writes: some(GLOBS, 6),
            hosts: some(HOSTS, 5),
            commands: some(PREFIXES, 6),
            repos: [],
            may: some(MAY, 9),
            ask: some(ASK.slice(0, chance.below(6) === 0 ? undefined : -1), 2),
            never: some(NEVER.slice(0, chance.below(12) === 0 ? undefined : -1), 1),
            unsandboxed: false,
          },
    soul: null,
    rules: some([0], 2).map((_, place) => drawRule(chance, place)),
    trouble: chance.below(40) === 0 ? 'a guardrail is gone' : null,
  }
}

function drawRule(chance: Dice, place: number): GuardrailRule {
  const list = (items: readonly string[]): string[] | null =>
    chance.below(3) > 0 ? null : Array.from({length: 1 + chance.below(3)}, () => chance.pick(items))
  const texts = (items: readonly string[]): string[] => list(items)?.slice(0, 1 + chance.below(2)) ?? []
  return {
    id: `rule-${place}`,
    effect: chance.pick(['ask', 'deny'] as const),
    verbs: chance.below(2) === 0 ? ['*'] : [chance.pick(RULE_VERBS), chance.pick(RULE_VERBS)],
    paths: list(GLOBS),
    hosts: list(HOSTS),
    commands: list(BEGINS),
    refs: list(REFS),
    place: chance.pick([null, null, null, 'others', 'outside'] as const),
    content:
      chance.below(3) > 0
        ? null
        : {has: texts(LINES), lacks: texts(LINES), is: chance.pick([[], [], ['secret'], ['blank-value']] as const)},
    state: chance.pick([[], [], [], ['tainted'], ['secret'], ['clock-unchecked'], ['tainted', 'secret']] as const),
    after: null,
    title: 'A rule',
    lesson: 'Why.',
    examples: {deny: [], allow: []},
    file: 'guardrails/rule.md',
    line: 3,
  }
}
