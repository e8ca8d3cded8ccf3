import {agentToken} from '../../bus/agent-token.js'
import {findPrivateKey} from '../../bus/keys.js'
import {claimToRun} from '../../guard/contract-claim.js'
import {mayRead} from '../../guard/may.js'
import {readsSecret} from '../../guard/taint.js'
import {childEnv} from '../../kit/child-env.js'
import {splitCommand} from '../../kit/command-line.js'
import {type RunResult, runProgram} from '../../kit/run.js'
import {hasSandbox, sandboxed} from '../../kit/sandbox.js'
import {cleanLine, shorten} from '../../kit/text.js'
import {BadCall} from '../bad-call.js'
import {watchHome} from '../home-audit/around-program.js'
import type {Resolve} from '../network/host-gate.js'
import {type Network, openNetwork} from '../network/network.js'
import {NO_WAYS, wordsOfWays} from '../network/ways.js'
import {redactor} from '../redact.js'
import {type Tool, type ToolContext, type ToolOutcome, textOf} from '../tool.js'
import {isClaimTrusted} from '../trusted-claim.js'
import {judgeChanges, openWorkCopy, type WorkCopy} from '../work-copy.js'
import {insistOnCommitted} from './committed-program.js'
import {describeRun} from './describe-run.js'
import {placesToRead} from './run-places.js'

const TIMEOUT_MS = 120_000
const MOST_OUTPUT_BYTES = 512 * 1024

/** A program of the contract, in a copy of the agent's folder; what it changes there is judged before it counts. */
export const runTool: Tool = runToolWhere(hasSandbox)

/** The same, told whether there is a sandbox here, and by whom names are looked up. */
export function runToolWhere(isBoxedHere: () => boolean, resolve?: Resolve): Tool {
  return {
    name: 'run',
    description: 'Run a program of your contract in your folder; no shell.',
    takes: {command: {type: 'string'}},
    isOffered: ({contract}) => contract.commands.length > 0,
    verbOf: () => 'run',
    targetOf: (input) => textOf(input, 'command').trim(),
    perform: (input, context) =>
      runCommand(textOf(input, 'command').trim(), {isBoxed: isBoxedHere(), context, resolve}),
  }
}

interface Asked {
  readonly isBoxed: boolean
  readonly context: ToolContext
  readonly resolve: Resolve | undefined
}

async function runCommand(command: string, {isBoxed, context, resolve}: Asked): Promise<ToolOutcome> {
  const {fleet, agent, contract, law, draft} = context
  const argv = splitCommand(command)
  if (!isBoxed && !contract.unsandboxed) throw noSandbox(agent.name)
  insistOnTrusted(command, context)
  insistOnCommitted(command, context)
  const isOnline = isBoxed && contract.hosts.length > 0
  // What could bring text from outside in and something out again sees nothing that a file's name calls a secret.
  const reads = (path: string): boolean =>
    mayRead(law, path) && !(isOnline && readsSecret({verb: 'read', target: path}))
  const copy = openWorkCopy(fleet, agent, draft, {reads, name: 'run'})
  const network = isOnline ? await openNetwork(context, resolve) : null
  try {
    // Nothing but its manners keeps it in the copy there.
    const watch = isBoxed ? null : watchHome(context)
    const result = await start(argv, {copy, isBoxed, network, context})
    const slipped = (await watch?.()) ?? []
    return outcomeOf(command, {result, isBoxed, copy, network, context, slipped})
  } finally {
    network?.close()
    copy.close()
  }
}

/** In a fleet that came from elsewhere the contract did, too. */
function insistOnTrusted(command: string, {fleet, agent, contract}: ToolContext): void {
  const claim = claimToRun(contract, command)
  if (claim !== null && isClaimTrusted(fleet, {agent: agent.name, kind: 'contract', text: claim})) return
  throw new BadCall(`${command} is not run: it is not trusted on this machine. A person runs: mcos trust ${agent.name}`)
}

interface Start {
  readonly copy: WorkCopy
  readonly isBoxed: boolean
  readonly network: Network | null
  readonly context: ToolContext
}

async function start(argv: readonly string[], {copy, isBoxed, network, context}: Start): Promise<RunResult> {
  const {fleet, agent, signal} = context
  const env = network === null ? programEnv(context) : {...withoutKey(programEnv(context)), ...network.env}
  const limits = {timeoutMs: TIMEOUT_MS, maxBytes: MOST_OUTPUT_BYTES, endsLeftovers: true}
  const options = {cwd: copy.dir, env, signal, ...limits}
  if (!isBoxed) return runProgram(argv, options)
  const at = agent.path === '.' ? fleet.home.dir : `${fleet.home.dir}/${agent.path}`
  const {readable, hidden} = placesToRead(context, {isOnline: network !== null})
  const boxed = network === null ? argv : network.argv(argv)
  const box = {workDir: copy.dir, at, readable, hidden, placed: network?.placed ?? [], env}
  return runProgram(sandboxed(boxed, box), options)
}

/** Enough to run and to say for whom, and no key. Folders of PATH that models can write to are no place for programs. */
function programEnv({fleet, agent}: ToolContext): Record<string, string> {
  const env = childEnv(fleet.env)
  const {dir, files} = fleet.home
  const folders = (env['PATH'] ?? '').split(':').filter((folder) => folder.startsWith('/'))
  const key = findPrivateKey(files, agent.name)
  return {
    ...env,
    PATH: folders.filter((folder) => folder !== dir && !folder.startsWith(`${dir}/`)).join(':'),
    MCOS_AGENT: agent.name,
    ...(key === null ? {} : {MCOS_TOKEN: agentToken(key)}),
  }
}

/** Inside of a sandbox the token opens nothing, and hosts need not hear it. */
function withoutKey({MCOS_TOKEN: _, ...env}: Record<string, string>): Record<string, string> {
  return env
}

interface Ran extends Start {
  readonly result: RunResult
  /** What it changed in the home itself, a line each. */
  readonly slipped: readonly string[]
}

function outcomeOf(command: string, {result, isBoxed, copy, network, context, slipped}: Ran): ToolOutcome {
  const {fleet, law, facts} = context
  if (result.error === 'ABORTED') throw new BadCall(`${command} was ended with the turn; nothing of it was kept`)
  const {changes, skipped} = result.timedOut ? {changes: [], skipped: []} : copy.collect()
  const ways = network?.ways() ?? NO_WAYS
  // Where it has been, anybody may have written what it brings in.
  const isTainted = !isBoxed || ways.reached.length > 0
  const taint = isTainted ? shorten(cleanLine(`run ${command}`), 200) : null
  const heard = taint === null ? facts : {...facts, taint: [...facts.taint, taint]}
  const {allowed, refused} = judgeChanges(changes, {fleet, law, facts: heard})
  const where = isBoxed ? '' : ' without a sandbox'
  const end = describeEnd(command, result)
  const text = describeRun({
    end: `${end}${where}`,
    result,
    changes: allowed,
    notTaken: [...skipped, ...refused],
    ways,
  })
  const went = [...wordsOfWays(ways), ...slipped]
  return {
    text: withoutToken([text, ...slipped].join('\n'), context),
    changes: allowed,
    line: shorten(cleanLine(`ran ${command}${where}: ${[end, ...went].join('; ')}`), 500),
    messages: [],
    note: shorten(cleanLine([`${command} ran ${isBoxed ? 'in' : 'without'} a sandbox`, ...went].join('; ')), 500),
    outside: isBoxed ? ways.reached.map((host) => `fetch ${host}`) : [`run ${command}`],
    ...(taint === null ? {} : {taint}),
  }
}

/** A program may show its environment; what acts as the agent is for programs, and for no transcript. */
function withoutToken(text: string, {fleet, agent}: ToolContext): string {
  const key = findPrivateKey(fleet.home.files, agent.name)
  return key === null ? text : redactor({secrets: [agentToken(key)]}).text(text)
}

function describeEnd(command: string, {code, signal, timedOut, error}: RunResult): string {
  if (error === 'ENOENT') throw new BadCall(`${splitCommand(command)[0]} is not installed here`)
  if (error !== undefined) throw new BadCall(`${command} could not be started: ${error}`)
  if (timedOut) return `ended after ${TIMEOUT_MS / 1000} s, as it took too long; no change of it is kept`
  return code === null ? `ended by ${signal}` : `exit ${code}`
}

function noSandbox(agent: string): BadCall {
  return new BadCall(
    `programs run in a sandbox (bubblewrap), which this machine has not got; ${agent}'s contract would have to say "unsandboxed: true"`,
  )
}
