import type {Contract} from '../workspace/soul.js'
import type {Action, Law} from './action.js'
import {coversCommand} from './commands.js'
import {findHost} from './hosts.js'
import {findPattern} from './paths.js'

/** A line of the contract that decided: under which key it stands, and its word. */
export interface ContractLine {
  readonly key: keyof Omit<Contract, 'unsandboxed'>
  readonly word: string
}

/** What kind of thing a verb is done to. */
type TargetKind = 'path' | 'host' | 'command' | 'ref' | 'word'

export function kindOf(verb: string): TargetKind {
  if (verb === 'read' || verb === 'write' || verb === 'delete') return 'path'
  if (verb === 'fetch' || verb.startsWith('http.')) return 'host'
  if (verb === 'run') return 'command'
  return verb === 'git.push' ? 'ref' : 'word'
}

/** The line that opens an action without a person; null: none does, and then it is no. */
export function findPermit(
  {agent, contract}: Pick<Law, 'agent'> & {contract: Contract},
  action: Action,
): ContractLine | null {
  const {verb, target} = action
  const line = (key: ContractLine['key'], word: string | undefined): ContractLine | null =>
    word === undefined ? null : {key, word}
  const may = () =>
    line(
      'may',
      contract.may.find((word) => isWord(word, verb)),
    )
  switch (kindOf(verb)) {
    case 'path':
      return verb === 'read'
        ? line('reads', findPattern(contract.reads, target, agent))
        : line('writes', findPattern(contract.writes, wholeTree(target), agent))
    case 'host': {
      const host = line('hosts', findHost(contract.hosts, target))
      // To ask a host for a page is one thing, to tell it something another.
      return verb === 'fetch' || host === null ? host : may()
    }
    case 'command':
      return line(
        'commands',
        contract.commands.find((prefix) => coversCommand(prefix, target)),
      )
    default:
      return may()
  }
}

/** The word under `ask` that speaks of it. */
export function findAsk({ask}: Contract, {verb}: Action): ContractLine | null {
  const word = ask.find((known) => coversWord(known, verb))
  return word === undefined ? null : {key: 'ask', word}
}

/** The word under `never` that speaks of it. */
export function findNever({never}: Contract, {verb}: Action): ContractLine | null {
  const word = never.find((known) => coversWord(known, verb))
  return word === undefined ? null : {key: 'never', word}
}

/** What closes is taken widely: `mail` also covers `mail.send`, `*` everything, and case doesn't matter. */
export function coversWord(word: string, verb: string): boolean {
  const [wide, narrow] = [(word.endsWith('.*') ? word.slice(0, -2) : word).toLowerCase(), verb.toLowerCase()]
  return wide === '*' || narrow === wide || narrow.startsWith(`${wide}.`)
}

/** A whole tree, written with "/" at its end, is covered where anything in it is. */
function wholeTree(target: string): string {
  return target.endsWith('/') ? `${target}x` : target
}

/** What opens is taken narrowly: the word itself, or `mail.*` for everything below. */
function isWord(word: string, verb: string): boolean {
  return word === verb || (word.endsWith('.*') && verb.startsWith(word.slice(0, -1)))
}
