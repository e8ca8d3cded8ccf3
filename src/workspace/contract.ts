import type {AgentEntry} from './agents.js'
import type {Contract, Soul} from './soul.js'

/** What holds for an agent now: a contract, or no for everything and why. */
export type EffectiveContract =
  | {
      readonly kind: 'contract'
      readonly contract: Contract
      /** Lines of the file on disk that count only once a person has committed them. */
      readonly waiting: readonly string[]
    }
  | {readonly kind: 'deny'; readonly reason: string}

/** A SOUL.md as it was found; null: there is none, 'broken': it can't be read. */
export type SoulState = Soul | 'broken' | null

type ContractList = Exclude<keyof Contract, 'unsandboxed'>

const ALLOWING: readonly ContractList[] = ['reads', 'writes', 'hosts', 'commands', 'repos', 'may']

/** What an agent may do whose SOUL.md has no contract: its own folder, its log, messages, and alerts that change nothing. */
export function DEFAULT_CONTRACT(agent: AgentEntry): Contract {
  const own = agent.path === '.' ? '**' : `${agent.path}/**`
  return {
    reads: [own],
    writes: [own],
    hosts: [],
    commands: [],
    repos: [],
    may: ['log', 'message', 'alert.P3'],
    ask: [],
    never: [],
    unsandboxed: false,
  }
}

/**
 * The contract that counts: what the disk says may narrow the committed one at once, what widens it waits for a commit.
 * A contract that was committed and is lost, emptied or broken on disk means no.
 */
export function effectiveContract({
  agent,
  disk,
  committed,
}: {
  readonly agent: AgentEntry
  readonly disk: SoulState
  readonly committed: SoulState
}): EffectiveContract {
  if (disk === 'broken') return deny("its contract can't be read")
  if (committed === 'broken') return deny("the committed contract can't be read; commit the mended one")
  if (committed?.contract && !disk) return deny('the file that held its contract is gone')
  if (committed?.contract && !disk?.contract) return deny('its committed contract is gone from the file')
  const base = resolveContractPaths(committed?.contract ?? DEFAULT_CONTRACT(agent), agent)
  if (!disk?.contract) return {kind: 'contract', contract: base, waiting: []}
  const wanted = resolveContractPaths(disk.contract, agent)
  const contract = narrow(base, wanted)
  return {kind: 'contract', contract, waiting: findWaiting(contract, wanted)}
}

/** In a flat home the agent's own `workspaces/NAME/` is the home itself; elsewhere nothing changes. */
export function resolveContractPaths(contract: Contract, agent: AgentEntry): Contract {
  if (agent.path !== '.') return contract
  const own = `workspaces/${agent.name}`
  const resolve = (pattern: string): string => {
    if (pattern === own) return '.'
    return pattern.startsWith(`${own}/`) ? pattern.slice(own.length + 1) : pattern
  }
  return {...contract, reads: contract.reads.map(resolve), writes: contract.writes.map(resolve)}
}

/** What both contracts allow, and what either asks about or forbids. */
export function narrow(base: Contract, wanted: Contract): Contract {
  const both = (key: ContractList): string[] => [
    ...new Set([
      ...wanted[key].filter((line) => base[key].some((wide) => covers(key, wide, line))),
      ...base[key].filter((line) => wanted[key].some((wide) => covers(key, wide, line))),
    ]),
  ]
  const either = (key: ContractList): string[] => [...new Set([...base[key], ...wanted[key]])]
  return {
    reads: both('reads'),
    writes: both('writes'),
    hosts: both('hosts'),
    commands: both('commands'),
    repos: both('repos'),
    may: both('may'),
    // To ask is never more than what a person says yes to; so what either file asks about is asked.
    ask: either('ask'),
    never: either('never'),
    unsandboxed: base.unsandboxed && wanted.unsandboxed,
  }
}

function findWaiting(contract: Contract, wanted: Contract): string[] {
  const lines = ALLOWING.flatMap((key) =>
    wanted[key].filter((line) => !contract[key].some((has) => covers(key, has, line))).map((line) => `${key}: ${line}`),
  )
  return wanted.unsandboxed && !contract.unsandboxed ? [...lines, 'unsandboxed: true'] : lines
}

/** Whether all that `line` allows is surely allowed by `wide`; in doubt it isn't, and the line waits. */
function covers(key: ContractList, wide: string, line: string): boolean {
  if (wide === line) return true
  if (key === 'commands') return line.startsWith(`${wide} `) && !/["'\\]/.test(line)
  if (key === 'may') return wide.endsWith('.*') && line.startsWith(wide.slice(0, -1)) && line !== wide.slice(0, -1)
  if (key === 'hosts') return /^\*\.[^*]+$/.test(wide) && line.endsWith(wide.slice(1)) && /^[\w.*-]+$/.test(line)
  if (line.split('/').includes('..')) return false
  const folder = wide === '**' ? '' : /^([^*?{}[\]!]+\/)\*\*$/.exec(wide)?.[1]
  return folder !== undefined && line.startsWith(folder) && !/[{}]/.test(line) && !/^[/~]/.test(line)
}

function deny(reason: string): EffectiveContract {
  return {kind: 'deny', reason}
}
