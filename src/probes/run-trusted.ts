import {childEnv} from '../kit/child-env.js'
import {splitCommand} from '../kit/command-line.js'
import {isUserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {type RunResult, runProgram} from '../kit/run.js'
import type {AgentEntry} from '../workspace/agents.js'

/** What a command line of HEARTBEAT.md needs to run at all. */
export interface CommandContext {
  readonly home: Folder
  readonly agent: AgentEntry
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  readonly timeoutMs: number
  isTrusted(kind: 'run' | 'recover', text: string): boolean
}

export type Ran = {readonly kind: 'ran'; readonly result: RunResult} | {readonly kind: 'refused'; readonly why: string}

/**
 * Runs the command of one code span in the agent's folder, without a shell and with an allowlisted environment.
 * The span's exact text must be trusted on this machine; nothing of it is even taken apart before that is known.
 */
export async function runTrusted(kind: 'run' | 'recover', text: string, context: CommandContext): Promise<Ran> {
  const {home, agent, env, signal, timeoutMs} = context
  if (!context.isTrusted(kind, text)) return refused(`not trusted on this machine: mcos trust ${agent.name}`)
  try {
    const argv = splitCommand(text.replace(/^\s*(run|recover):/, '').trim())
    if (argv.length === 0) return refused(`${kind}: names no command`)
    if (home.stat(agent.path)?.kind !== 'folder') return refused(`${agent.path} is no folder of this home`)
    const cwd = agent.path === '.' ? home.dir : `${home.dir}/${agent.path}`
    const result = await runProgram(argv, {cwd, env: childEnv(env), timeoutMs, signal})
    if (result.error === undefined || result.error === 'ABORTED') return {kind: 'ran', result}
    return refused(whyNotStarted(argv[0] ?? '', result.error))
  } catch (error) {
    if (isUserError(error)) return refused(error.message)
    throw error
  }
}

/** The last line that says anything, of the errors before the output when the program failed. */
export function lastLine({code, stdout, stderr}: RunResult): string {
  const texts = code === 0 ? [stdout, stderr] : [stderr, stdout]
  const lines = texts.map((text) => text.trimEnd().split('\n').at(-1)?.trim() ?? '')
  return lines.find((line) => line !== '') ?? ''
}

function refused(why: string): Ran {
  return {kind: 'refused', why}
}

function whyNotStarted(program: string, error: string): string {
  if (error === 'ENOENT') return `${program} is not installed here`
  if (error === 'EACCES') return `${program} may not be executed`
  return `${program} could not be started: ${error}`
}
