import type {Law} from '../src/guard/action.js'
import type {GuardrailRule} from '../src/workspace/guardrail-file.js'
import type {Contract} from '../src/workspace/soul.js'
import {beginOf, commandOf, LEADS_OUT} from './cedar-commands.js'
import {anyOf, every, globOf, hostOf, is, like, namedOf, not, wordOf} from './cedar-words.js'

const IS_PATH = anyOf([is('verb', 'read'), is('verb', 'write'), is('verb', 'delete')])
const WRITES = anyOf([is('verb', 'write'), is('verb', 'delete')])
const IS_HOST = anyOf([is('verb', 'fetch'), like('verb', 'http.*')])
const IS_WORD = not(anyOf([IS_PATH, IS_HOST, is('verb', 'run')]))
const READS_OUTSIDE = every([is('verb', 'read'), like('target', '/*')])
const family = (words: readonly string[]): string =>
  anyOf(words.flatMap((word) => [is('verb', word), like('verb', `${word}.*`)]))
const REACHES_OUT = family(['fetch', 'http', 'mcp', 'mail', 'deploy', 'channel', 'git.push'])
const HEARS = family(['fetch', 'http', 'mcp', 'mail'])
const SECRET_NAME = anyOf([
  ...namedOf('folded', ['.env', '.env.local', 'credentials']),
  ...['*.pem', 'secrets/*', '*/secrets/*', '*/.ssh/*'].map((pattern) => like('folded', pattern)),
])
const READS_SECRET = every([is('verb', 'read'), SECRET_NAME])

/** A law as Cedar's policies by their names; `approved` in the context is a person's yes. Those named "ask" yield to it. */
export function policiesOf(law: Law): Record<string, string> {
  const {contract, rules, trouble} = law
  if (contract === null || trouble !== null) return {}
  const never = [
    ...contract.never.map(wordOf),
    every([IS_PATH, CLOSED]),
    every([WRITES, anyOf([law.agent, ...law.others].flatMap(({path}) => treesOf(path)))]),
    every([READS_OUTSIDE, SECRET_NAME]),
    every([anyOf([REACHES_OUT, READS_SECRET]), ...MEETING]),
  ]
  const review = every([
    'context.tainted',
    anyOf([is('verb', 'memory.add'), every([WRITES, keepsForGood(law.agent.path)])]),
  ])
  const own = rules.map((rule, place) =>
    rule.effect === 'deny' ? [`forbid ${place}`, forbid(speaks(rule, law))] : [`ask ${place}`, ask(speaks(rule, law))],
  )
  return {
    permit: permit(contract, law.agent.path),
    forbid: forbid(anyOf(never)),
    ask: ask(anyOf([...contract.ask.map(wordOf), READS_OUTSIDE, review])),
    ...Object.fromEntries(own),
  }
}

const MEETING = [
  anyOf(['context.tainted', HEARS]),
  anyOf(['context.secret', READS_SECRET]),
  anyOf(['context.outside', REACHES_OUT]),
]

function permit(contract: Contract, own: string): string {
  // Its own folder is written as under workspaces/, wherever it lies.
  const here = (glob: string): string => (own === '.' ? glob.replace(/^workspaces\/donna\//, '') : glob)
  const may = anyOf(contract.may.map((word) => (word.endsWith('.*') ? like('verb', word) : is('verb', word))))
  const hosts = anyOf(contract.hosts.map(hostOf))
  const opened = anyOf([
    every([is('verb', 'read'), anyOf(contract.reads.map((glob) => globOf('target', here(glob))))]),
    every([WRITES, anyOf(contract.writes.map((glob) => globOf('whole', here(glob))))]),
    every([IS_HOST, hosts, anyOf([is('verb', 'fetch'), may])]),
    every([is('verb', 'run'), anyOf(contract.commands.map(commandOf))]),
    every([IS_WORD, may]),
    anyOf(contract.ask.map(wordOf)),
    READS_OUTSIDE,
  ])
  return `permit(principal, action, resource) when { ${opened} };`
}

function forbid(when: string): string {
  return `forbid(principal, action, resource) when { ${when} };`
}

function ask(when: string): string {
  return `forbid(principal, action, resource) when { ${when} } unless { context.approved };`
}

const parts = (names: readonly string[]): string[] =>
  names.flatMap((name) => [is('bare', name), ...[`${name}/*`, `*/${name}`, `*/${name}/*`].map((p) => like('bare', p))])
const first = (names: readonly string[]): string[] =>
  names.flatMap((name) => [is('bare', name), like('bare', `${name}/*`)])

const NOT_PLAIN = anyOf([
  is('bare', ''),
  ...['/*', '*//*', '*/', './*', '*/./*', '*/.', '../*', '*/../*', '*/..'].map((pattern) => like('bare', pattern)),
  is('bare', '.'),
  is('bare', '..'),
])
const CLOSED = anyOf([
  every([not(READS_OUTSIDE), NOT_PLAIN]),
  every([not(READS_OUTSIDE), anyOf(parts(['.git', '.mcos']))]),
  every([
    WRITES,
    anyOf([
      ...first(['keys', 'guardrails', 'approvals', 'tasks', 'alerts', 'usage']),
      ...namedOf('bare', ['soul.md', 'agents.md', 'claude.md', '.mcp.json']),
      ...parts(['.claude', '.github']),
    ]),
  ]),
])

/** Whole trees that hold an agent's folder. */
function treesOf(path: string): string[] {
  const parts = path === '.' ? [] : path.split('/')
  return parts.map((_, at) => is('folded', `${parts.slice(0, at + 1).join('/')}/`))
}

function keepsForGood(own: string): string {
  const base = own === '.' ? '' : `${own}/`
  return anyOf([
    is('folded', `${base}memory.md`),
    ...[`${base}memory.md/*`, `${base}memory/*`, 'wiki/*'].map((pattern) => like('folded', pattern)),
    ...(own === '.' ? [is('folded', 'memory')] : [is('folded', `${base}memory`)]),
  ])
}

function speaks(rule: GuardrailRule, law: Law): string {
  const {verbs, paths, hosts, commands, refs, place, content, state} = rule
  const either = (list: readonly string[] | null, toWhen: (entry: string) => string): string =>
    list === null ? 'true' : anyOf(list.map(toWhen))
  const target = anyOf([
    every([IS_PATH, either(paths, (glob) => globOf('folded', glob.toLowerCase())), placed(place, law)]),
    every([IS_HOST, either(hosts, hostOf)]),
    every([is('verb', 'run'), either(commands, beginOf), place === null ? 'true' : leadsOut(law.agent.path)]),
    every([is('verb', 'git.push'), either(refs, (glob) => anyOf([globOf('folded', glob), globOf('branch', glob)]))]),
    every([IS_WORD, not(is('verb', 'git.push'))]),
  ])
  const states = {tainted: 'context.tainted', secret: 'context.secret', 'clock-unchecked': '!context.clockChecked'}
  return every([anyOf(verbs.map(wordOf)), ...state.map((word) => states[word]), target, says(content, paths !== null)])
}

function says(content: GuardrailRule['content'], hasPaths: boolean): string {
  if (content === null) return 'true'
  const line = (pattern: string): string =>
    anyOf(['line0', 'line1', 'line2'].map((name) => like(name, pattern.toLowerCase())))
  const known = every([
    'context.isKnown',
    content.has.length === 0 ? 'true' : anyOf(content.has.map(line)),
    not(anyOf(content.lacks.map(line))),
    ...content.is.map((test) => (test === 'secret' ? 'context.secretText' : 'context.blankText')),
  ])
  return hasPaths ? anyOf(['!context.isKnown', known]) : known
}

function placed(place: GuardrailRule['place'], {agent, others}: Law): string {
  if (place === null) return 'true'
  if (place === 'outside') return not(inside(agent.path))
  return anyOf(
    others.map(({path}) => {
      const isDeeper = agent.path.length > path.length
      const within = isDeeper ? every([inside(path), not(inside(agent.path))]) : inside(path)
      return path === '.' ? within : anyOf([within, is('folded', 'workspaces/')])
    }),
  )
}

function inside(path: string): string {
  return path === '.' ? not(like('folded', '/*')) : like('folded', `${path}/*`)
}

function leadsOut(own: string): string {
  const absolute = like('target', '* /*')
  const isOwn = own === '.' ? 'false' : like('target', `* /*/${own}/*`)
  return anyOf([every([absolute, not(isOwn)]), ...LEADS_OUT])
}
