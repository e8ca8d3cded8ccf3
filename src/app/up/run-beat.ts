import {isRecord} from '../../kit/is-record.js'
import {runProgram} from '../../kit/run.js'
import type {AgentBeat} from './up-event.js'

/** What a beat in a process of its own came to. */
export interface BeatDone {
  readonly exit: number | null
  readonly agents: readonly AgentBeat[]
  /** Why there was no beat at all: a configuration that can't be read, a crash. */
  readonly trouble: string | null
  /** What it had to say beside its report. */
  readonly notes: readonly string[]
}

export interface BeatCommand {
  /** Node and bin/mcos.js. */
  readonly program: readonly string[]
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
}

/** No turn may take so long: its own ceilings end it before. */
const LONGEST_MS = 6 * 3_600_000
const LONGEST_REPORT = 64 * 1024 * 1024
/** A beat tidies up within this once it is told to end; then it is killed, which it survives too. */
const GRACE_MS = 1_800

/**
 * One beat as cron would start it: a process of its own, so that nothing it leaves in memory stays and nothing it breaks
 * breaks more than this beat.
 */
export async function runBeat(
  agents: readonly string[] | null,
  {program, home, env, signal}: BeatCommand,
): Promise<BeatDone> {
  const argv = [...program, 'heartbeat', ...(agents ?? ['--all']), '--home', home, '--json']
  const ended = await runProgram(argv, {
    cwd: home,
    env,
    timeoutMs: LONGEST_MS,
    maxBytes: LONGEST_REPORT,
    graceMs: GRACE_MS,
    signal,
  })
  const notes = ended.stderr.split('\n').filter((line) => line.trim() !== '')
  if (signal.aborted) return {exit: ended.code, agents: [], trouble: null, notes: []}
  const answer = parseAnswer(ended.stdout)
  if (isRecord(answer) && Array.isArray(answer['agents'])) {
    return {exit: ended.code, agents: (answer['agents'] as AgentBeat[]).map(briefOf), trouble: null, notes}
  }
  const trouble = messageIn(answer) ?? [whyEnded(ended, home), ...notes.slice(-3)].join(': ')
  return {exit: ended.code, agents: [], trouble, notes: []}
}

function briefOf({
  agent,
  state,
  reason,
  turn,
  commit,
  engine,
  model_calls,
  tokens,
  cost_usd,
  error,
}: AgentBeat): AgentBeat {
  return {agent, state, reason, turn, commit, engine, model_calls, tokens, cost_usd, error}
}

function parseAnswer(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // It was cut off with the process that wrote it.
    return null
  }
}

function messageIn(answer: unknown): string | null {
  const error = isRecord(answer) ? answer['error'] : null
  const message = isRecord(error) ? error['message'] : null
  return typeof message === 'string' ? message : null
}

function whyEnded({code, signal, error}: Awaited<ReturnType<typeof runProgram>>, home: string): string {
  if (error === 'NO_CWD') return `${home} is not there; once it is, beats go on`
  if (error !== undefined) return `the beat could not be started (${error})`
  return `the beat ended with ${signal ?? `exit ${code}`} and without a report`
}
