import type {ChildProcess} from 'node:child_process'
import {existsSync} from 'node:fs'
import {codeOf, holdUntilExit, killGroup, letGo} from './child-group.js'
import {errnoOf} from './storage-error.js'

export interface RunOptions {
  readonly cwd: string
  /** The whole environment of the program; see childEnv. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly timeoutMs: number
  /** Kept of stdout and of stderr each; the rest is read and dropped. */
  readonly maxBytes?: number
  readonly signal?: AbortSignal
  readonly input?: string | Uint8Array
  /** Told of stdout as it comes, all of it. */
  readonly onStdout?: (chunk: Buffer) => void
  /** How long it may tidy up once it is told to end, before it is killed. */
  readonly graceMs?: number
  /** Whether what the program leaves behind in its group is killed when it ends; otherwise that goes on. */
  readonly endsLeftovers?: boolean
}

export interface RunResult {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  readonly timedOut: boolean
  readonly truncated: boolean
  /** Why it couldn't be started or was given up: ENOENT, NO_CWD, EACCES, ABORTED, … */
  readonly error?: string
}

/** How long a program that is told to end may tidy up before it is killed. */
const GRACE_MS = 1_200
/** How long pipes are read on after the program has ended, as something it left behind may hold them open. */
const DRAIN_MS = 250
/** The same where nothing of its group is left: what comes now is what the pipe still holds. */
const LAST_BYTES_MS = 2_000

/** Runs a program without a shell, in its own process group; whatever goes wrong with it is in the result. */
export async function runProgram(argv: readonly string[], options: RunOptions): Promise<RunResult> {
  if (options.signal?.aborted) return notRun('ABORTED')
  const {spawn} = await import('node:child_process')
  const [program = '', ...args] = argv
  const {cwd, env, input} = options
  try {
    const stdin = input === undefined ? 'ignore' : 'pipe'
    const child = spawn(program, args, {cwd, env: {...env}, detached: true, stdio: [stdin, 'pipe', 'pipe']})
    return await watch(child, options)
  } catch (error) {
    // Thrown at once for what can't even be tried, such as a NUL in an argument or a list that is too long.
    return notRun(errnoOf(error) ?? codeOf(error))
  }
}

function watch(
  child: ChildProcess,
  {
    cwd,
    timeoutMs,
    maxBytes = 64 * 1024,
    signal,
    input,
    onStdout,
    graceMs = GRACE_MS,
    endsLeftovers = false,
  }: RunOptions,
): Promise<RunResult> {
  const stdout = collect(child.stdout, maxBytes)
  const stderr = collect(child.stderr, maxBytes)
  if (onStdout) child.stdout?.on('data', onStdout)
  feed(child, input)
  return new Promise((resolve) => {
    const timers: NodeJS.Timeout[] = []
    const after = (ms: number, act: () => void) => timers.push(setTimeout(act, ms))
    let ended: {code: number | null; signal: NodeJS.Signals | null} = {code: null, signal: null}
    let givenUp: 'TIMED_OUT' | 'ABORTED' | undefined

    const finish = (error?: string) => {
      for (const timer of timers) clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
      if (givenUp || endsLeftovers) killGroup(child, 'SIGKILL')
      letGo(child)
      child.stdout?.destroy()
      child.stderr?.destroy()
      const truncated = stdout.truncated || stderr.truncated
      const why = error ?? (givenUp === 'ABORTED' ? 'ABORTED' : undefined)
      const timedOut = givenUp === 'TIMED_OUT'
      resolve({...ended, stdout: stdout.text(), stderr: stderr.text(), timedOut, truncated, ...(why && {error: why})})
    }
    const giveUp = (why: 'TIMED_OUT' | 'ABORTED') => {
      if (givenUp) return
      givenUp = why
      killGroup(child, 'SIGTERM')
      after(graceMs, () => {
        killGroup(child, 'SIGKILL')
        // Even the killed may not answer (a dead network disk): they aren't waited for.
        after(DRAIN_MS, finish)
      })
    }
    const abort = () => giveUp('ABORTED')

    child.once('error', (error) => {
      const errno = errnoOf(error) ?? codeOf(error)
      finish(errno === 'ENOENT' && !existsSync(cwd) ? 'NO_CWD' : errno)
    })
    child.once('exit', (code, by) => {
      ended = {code, signal: by}
      if (givenUp) return
      if (endsLeftovers) killGroup(child, 'SIGKILL')
      after(endsLeftovers ? LAST_BYTES_MS : DRAIN_MS, finish)
    })
    child.once('close', () => finish())
    signal?.addEventListener('abort', abort, {once: true})
    after(timeoutMs, () => giveUp('TIMED_OUT'))
    holdUntilExit(child)
  })
}

interface Collected {
  truncated: boolean
  text(): string
}

function collect(stream: ChildProcess['stdout'], maxBytes: number): Collected {
  const chunks: Buffer[] = []
  let room = maxBytes
  const collected = {truncated: false, text: () => Buffer.concat(chunks).toString('utf8')}
  stream?.on('data', (chunk: Buffer) => {
    if (chunk.length > room) collected.truncated = true
    if (room > 0) chunks.push(chunk.subarray(0, room))
    room = Math.max(room - chunk.length, 0)
  })
  // A broken pipe is told by the exit that goes with it.
  stream?.on('error', () => undefined)
  return collected
}

function feed(child: ChildProcess, input: string | Uint8Array | undefined): void {
  // A program may end without reading what it was given.
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(input)
}

function notRun(error: string): RunResult {
  return {code: null, signal: null, stdout: '', stderr: '', timedOut: false, truncated: false, error}
}
