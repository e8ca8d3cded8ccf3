import {spawn} from 'node:child_process'
import {fileURLToPath} from 'node:url'
import {inject} from 'vitest'

const bin = fileURLToPath(new URL('../bin/mcos.js', import.meta.url))

/** What a finished `mcos` left behind. */
export interface Ran {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs the built command as a person would: its own process, nothing of this one's environment but PATH, no git
 * identity, no terminal. HOME is the working folder unless `env` says another.
 */
export async function mcos(
  args: readonly string[],
  {cwd, env = {}, input = '', node = process.execPath}: MachineOptions,
): Promise<Ran> {
  const failure = inject('buildFailure')
  if (failure !== null) throw new Error(`mcos could not be built:\n${failure}`)
  const child = spawn(node, [bin, ...args], {cwd, env: {...cleanEnv(cwd), ...env}, stdio: 'pipe'})
  child.stdin.on('error', () => {
    // A command that does not read its input closes it early.
  })
  child.stdin.end(input)
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({code, signal, stdout, stderr}))
  })
}

export interface MachineOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  /** Another Node to run it with. */
  readonly node?: string
}

/** The environment of a machine on which nobody has set anything up. */
export function cleanEnv(home: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    TZ: 'UTC',
  }
}
