import {spawnSync} from 'node:child_process'
import {join} from 'node:path'

const bin = join(import.meta.dirname, '../../bin/mcos.js')

/** How a run of the built mcos ended. */
export interface McosRun {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly ms: number
}

export interface RunOptions {
  readonly cwd: string
  /** Stands before the command: strace. */
  readonly through?: readonly string[]
  readonly path?: string
  /** The folder of the person who types it: HOME, with programs of the machine in its `bin`; otherwise the cwd. */
  readonly person?: string
}

const LONGEST_MS = 60_000

/** How the built mcos is started in an environment in which nobody has set anything up. */
export function mcosCommand(argv: readonly string[], {cwd, through = [], path, person}: RunOptions) {
  const [program = '', ...args] = [...through, process.execPath, bin, ...argv]
  const paths = path ?? process.env['PATH'] ?? '/usr/bin:/bin'
  const env = {
    PATH: person === undefined ? paths : `${person}/bin:${paths}`,
    HOME: person ?? cwd,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    TZ: 'UTC',
  }
  return {program, args, env}
}

/** Runs the built mcos to its end. */
export function runMcos(argv: readonly string[], options: RunOptions): McosRun {
  const {program, args, env} = mcosCommand(argv, options)
  const started = performance.now()
  const {status, stdout, stderr, error} = spawnSync(program, args, {
    cwd: options.cwd,
    env,
    encoding: 'utf8',
    timeout: LONGEST_MS,
    killSignal: 'SIGKILL',
  })
  if (error && !('code' in error && error.code === 'ETIMEDOUT')) throw error
  return {code: status, stdout, stderr, ms: performance.now() - started}
}

/** Runs git on a folder and answers what it said, whatever its exit code. */
export function runGit(cwd: string, ...argv: readonly string[]): {code: number | null; out: string} {
  const {status, stdout, stderr} = spawnSync('git', argv, {
    cwd,
    encoding: 'utf8',
    env: {PATH: process.env['PATH'] ?? '', HOME: cwd, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1'},
  })
  return {code: status, out: `${stdout}${stderr}`}
}
