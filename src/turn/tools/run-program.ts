import {agentToken} from '../../bus/agent-token.js'
import {findPrivateKey} from '../../bus/keys.js'
import {mayRead} from '../../guard/contract.js'
import {claimToRun} from '../../guard/contract-claim.js'
import {childEnv} from '../../kit/child-env.js'
import {splitCommand} from '../../kit/command-line.js'
import {type RunResult, runProgram} from '../../kit/run.js'
import {hasSandbox, sandboxed} from '../../kit/sandbox.js'
import {cleanLine, shorten} from '../../kit/text.js'
import {redactor} from '../redact.js'
import {BadCall, type Tool, type ToolContext, type ToolOutcome, textOf} from '../tool.js'
import {isClaimTrusted} from '../trusted-claim.js'
import {judgeChanges, openWorkCopy, type WorkCopy} from '../work-copy.js'
import {insistOnCommitted} from './committed-program.js'
import {describeRun} from './describe-run.js'
import {placesToRead} from './run-places.js'

const TIMEOUT_MS = 120_000
const MOST_OUTPUT_BYTES = 512 * 1024

/** A program of the contract, in a copy of the agent's folder; what it changes there is judged before it counts. */
export const runTool: Tool = runToolWhere(hasSandbox)

/** The same, told whether there is a sandbox here. */
export function runToolWhere(isBoxedHere: () => boolean): Tool {
  return {
    name: 'run',
    description: 'Run a program of your contract in your folder; no shell.',
    takes: {command: {type: 'string'}},
    isOffered: ({contract}) => contract.commands.length > 0,
    verbOf: () => 'run',
    targetOf: (input) => textOf(input, 'command').trim(),
    perform: (input, context) => runCommand(textOf(input, 'command').trim(), isBoxedHere(), context),
  }
}

async function runCommand(command: string, isBoxed: boolean, context: ToolContext): Promise<ToolOutcome> {
  const {fleet, agent, contract, draft} = context
  const argv = splitCommand(command)
  if (!isBoxed && !contract.unsandboxed) throw noSandbox(agent.name)
  insistOnTrusted(command, context)
  insistOnCommitted(command, context)
  const reads = (path: string): boolean => mayRead({contract, agent}, path)
  const copy = openWorkCopy(fleet, agent, draft, {reads, name: 'run'})
  try {
    const result = await start(argv, {copy, isBoxed, context})
    return outcomeOf(command, {result, isBoxed, copy, context})
  } finally {
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
  readonly context: ToolContext
}

async function start(argv: readonly string[], {copy, isBoxed, context}: Start): Promise<RunResult> {
  const {fleet, agent, signal} = context
  const env = programEnv(context)
  const at = agent.path === '.' ? fleet.home.dir : `${fleet.home.dir}/${agent.path}`
  const {readable, hidden} = placesToRead(context)
  const line = isBoxed ? sandboxed(argv, {workDir: copy.dir, at, readable, hidden, network: false, env}) : argv
  const limits = {timeoutMs: TIMEOUT_MS, maxBytes: MOST_OUTPUT_BYTES, endsLeftovers: true}
  const options = {cwd: copy.dir, env, signal, ...limits}
  return runProgram(line, options)
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

interface Ran extends Start {
  readonly result: RunResult
}

function outcomeOf(command: string, {result, isBoxed, copy, context}: Ran): ToolOutcome {
  const {fleet, agent, contract} = context
  if (result.error === 'ABORTED') throw new BadCall(`${command} was ended with the turn; nothing of it was kept`)
  const {changes, skipped} = result.timedOut ? {changes: [], skipped: []} : copy.collect()
  const taint = isBoxed ? context.taint : `run ${command}`
  const {allowed, refused} = judgeChanges(changes, {fleet, agent, contract, taint})
  const where = isBoxed ? '' : ' without a sandbox'
  const end = describeEnd(command, result)
  return {
    text: withoutToken(
      describeRun({end: `${end}${where}`, result, changes: allowed, notTaken: [...skipped, ...refused]}),
      context,
    ),
    changes: allowed,
    line: shorten(cleanLine(`ran ${command}${where}: ${end}`), 300),
    messages: [],
    // With a network of its own a program may bring in what anybody has written.
    ...(isBoxed ? {} : {taint: shorten(cleanLine(`run ${command}`), 200)}),
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
