import {childEnv} from '../kit/child-env.js'
import {runProgram} from '../kit/run.js'

/** Settings a repository may carry that would run programs, open the network or call other repositories. */
const NEUTRAL = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.pager=cat',
  'log.showSignature=false',
  'protocol.allow=never',
  'maintenance.auto=false',
].flatMap((setting) => ['-c', setting])

export interface GitAnswer {
  readonly isDone: boolean
  readonly lines: readonly string[]
  readonly error: string
}

/**
 * Asks a repository that nobody vouches for. Only for plumbing that reads commits and names: never a command that looks
 * at the working tree, where filters and drivers of the repository's own choosing would run.
 */
export async function askGit(
  folder: string,
  args: readonly string[],
  {env, signal, timeoutMs}: {env: Readonly<Record<string, string | undefined>>; signal: AbortSignal; timeoutMs: number},
): Promise<GitAnswer> {
  const result = await runProgram(['git', '--no-pager', ...NEUTRAL, ...args], {
    cwd: folder,
    env: {
      ...childEnv(env),
      LC_ALL: 'C',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_NO_LAZY_FETCH: '1',
      GIT_NO_REPLACE_OBJECTS: '1',
      GIT_ALLOW_PROTOCOL: 'none',
      GIT_TERMINAL_PROMPT: '0',
      GIT_CEILING_DIRECTORIES: folder.replace(/\/[^/]+\/?$/, '') || '/',
    },
    timeoutMs,
    signal,
  })
  const lines = result.stdout.split('\n').filter((line) => line !== '')
  const isLate = result.timedOut || result.error === 'ABORTED'
  const error = isLate ? 'it took too long' : (result.error ?? result.stderr.trim().split('\n')[0] ?? '')
  return {isDone: result.code === 0 && result.error === undefined, lines, error}
}
