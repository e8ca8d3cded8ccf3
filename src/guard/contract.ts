import type {AgentEntry} from '../workspace/agents.js'
import type {Contract} from '../workspace/soul.js'
import {coversCommand} from './commands.js'
import {findHost} from './hosts.js'
import {findPattern, whyClosed} from './paths.js'

type Effect = 'allow' | 'ask' | 'deny'

/** The answer of the guard. `rule` is the contract's own line that decided; null when none did, and then it is no. */
export interface Verdict {
  readonly effect: Effect
  readonly rule: string | null
  readonly reason: string
}

/** Whose contract it is; null stands for one that is missing or can't be read, and means no. */
export interface Reach {
  readonly contract: Contract | null
  readonly agent: Pick<AgentEntry, 'name' | 'path'>
}

export interface Action extends Reach {
  /** `read`, `write`, `fetch`, `run`, or a word of the contract such as `mail.label`. */
  readonly verb: string
  /** A path relative to the home, a host, an argv joined by blanks; for other verbs what it would be done to. */
  readonly target: string
}

/** Never before ask before may; what no line allows is denied, and so is everything without a readable contract. */
export function decide({contract, agent, verb, target}: Action): Verdict {
  if (!contract) return deny(null, `${agent.name} has no contract that can be read`)
  const never = contract.never.find((word) => coversWord(word, verb))
  if (never !== undefined) return deny(`never: ${never}`, `${agent.name} never does ${verb}`)
  const closed = verb === 'read' || verb === 'write' ? whyClosed(target, verb) : null
  if (closed) return deny(null, closed)
  const ask = contract.ask.find((word) => coversWord(word, verb))
  if (ask !== undefined) return {effect: 'ask', rule: `ask: ${ask}`, reason: `a person says yes to ${verb} each time`}
  return allow({contract, agent, verb, target})
}

/** Whether the contract opens this host, written `name` or `name:port`, for fetching. */
export function mayFetch(contract: Contract | null, host: string): boolean {
  return contract !== null && isAllowed({contract, agent: NOBODY, verb: 'fetch', target: host})
}

/** Whether the contract lets this be done without asking anybody. */
export function mayDo(contract: Contract | null, verb: string): boolean {
  return contract !== null && isAllowed({contract, agent: NOBODY, verb, target: ''})
}

/** Whether this path, relative to the home and without links, may be read. */
export function mayRead(reach: Reach, path: string): boolean {
  return isAllowed({...reach, verb: 'read', target: path})
}

/** Whether this path may be written by the agent itself; operating files never are. */
export function mayWrite(reach: Reach, path: string): boolean {
  return isAllowed({...reach, verb: 'write', target: path})
}

const NOBODY = {name: 'the agent', path: '.'}

function isAllowed(action: Action): boolean {
  return decide(action).effect === 'allow'
}

function allow({contract, agent, verb, target}: Action & {contract: Contract}): Verdict {
  switch (verb) {
    case 'read':
      return because('reads', findPattern(contract.reads, target, agent), target)
    case 'write':
      return because('writes', findPattern(contract.writes, target, agent), target)
    case 'fetch':
      return because('hosts', findHost(contract.hosts, target), target)
    case 'run':
      return because(
        'commands',
        contract.commands.find((prefix) => coversCommand(prefix, target)),
        target,
      )
    default:
      return because(
        'may',
        contract.may.find((word) => isWord(word, verb)),
        verb,
      )
  }
}

function because(key: string, rule: string | undefined, target: string): Verdict {
  if (rule === undefined) return deny(null, `${target} is not among the contract's ${key}`)
  return {effect: 'allow', rule: `${key}: ${rule}`, reason: `the contract's ${key} cover ${target}`}
}

function deny(rule: string | null, reason: string): Verdict {
  return {effect: 'deny', rule, reason}
}

/** What opens is taken narrowly: the word itself, or `mail.*` for everything below. */
function isWord(word: string, verb: string): boolean {
  return word === verb || (word.endsWith('.*') && verb.startsWith(word.slice(0, -1)))
}

/** What closes is taken widely: `mail` also covers `mail.send`, and case doesn't matter. */
function coversWord(word: string, verb: string): boolean {
  const [wide, narrow] = [word.toLowerCase().replace(/\.\*$/, ''), verb.toLowerCase()]
  return wide === '*' || narrow === wide || narrow.startsWith(`${wide}.`)
}
