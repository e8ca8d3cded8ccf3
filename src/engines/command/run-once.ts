import {type RunResult, runProgram} from '../../kit/run.js'
import type {EngineEvent} from '../engine.js'
import type {ProgramEnd, Reader} from './dialect.js'
import {LineReader} from './line-reader.js'

export interface Run {
  readonly argv: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly input: string
  readonly reader: Reader
  /** How long it may say nothing. */
  readonly silenceMs: number
  readonly deadlineMs: number
  readonly signal: AbortSignal
  onEvent(event: EngineEvent): void
}

export interface Ran {
  /** Why it was not let finish; null: it ended by itself. */
  readonly cutBy: 'silence' | 'deadline' | 'signal' | null
  /** Why it could not even be started: ENOENT, EACCES, … */
  readonly unstarted: string | null
  readonly end: ProgramEnd
}

/** Runs a program to its end and reads its stream; silent or too slow, it is killed with all it has started. */
export async function runOnce(run: Run): Promise<Ran> {
  const silence = new AbortController()
  let timer = setTimeout(() => silence.abort(), run.silenceMs)
  let isAlive = false
  const lines = new LineReader((line) => {
    const {events, isIdle = false} = run.reader.read(line)
    if (!isIdle) isAlive = true
    for (const event of events) run.onEvent(event)
  })
  const onStdout = (chunk: Buffer): void => {
    isAlive = false
    lines.push(chunk)
    if (!isAlive && !lines.isInside) return
    clearTimeout(timer)
    timer = setTimeout(() => silence.abort(), run.silenceMs)
  }
  try {
    const result = await runProgram(run.argv, {
      cwd: run.cwd,
      env: run.env,
      input: run.input,
      timeoutMs: run.deadlineMs,
      signal: AbortSignal.any([run.signal, silence.signal]),
      maxBytes: STDERR_BYTES,
      onStdout,
      endsLeftovers: true,
    })
    lines.end()
    const {code, signal, stderr} = result
    const end = run.reader.end({code, signal, stderr: tail(stderr), strange: lines.strange()})
    return {cutBy: cutBy(result, {silence: silence.signal, signal: run.signal}), unstarted: unstarted(result), end}
  } finally {
    clearTimeout(timer)
  }
}

const STDERR_BYTES = 64 * 1024
const TAIL_LINES = 6

function tail(stderr: string): string {
  return stderr.trim().split('\n').slice(-TAIL_LINES).join('\n')
}

function cutBy(
  {error, timedOut}: RunResult,
  {silence, signal}: {silence: AbortSignal; signal: AbortSignal},
): Ran['cutBy'] {
  if (timedOut) return 'deadline'
  if (error !== 'ABORTED') return null
  return signal.aborted || !silence.aborted ? 'signal' : 'silence'
}

function unstarted({error}: RunResult): string | null {
  return error === undefined || error === 'ABORTED' ? null : error
}
