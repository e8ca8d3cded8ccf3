import {readFileSync, readlinkSync} from 'node:fs'
import {hostname} from 'node:os'
import {childEnv} from './child-env.js'

/** Which process on which machine: a pid alone is soon another process's. */
export interface ProcessIdentity {
  readonly pid: number
  /** When it started, in the system's own units; only good for comparing. */
  readonly start: string
  /** Which start of the machine it belongs to. */
  readonly boot: string
  /** Its pid namespace: the same pid in another container is another process. */
  readonly ns: string
  readonly host: string
}

let own: ProcessIdentity | undefined

/** This process, as another one can recognise it; asked of the system once. */
export function thisProcess(): ProcessIdentity {
  own ??= {
    pid: process.pid,
    start: startOf(process.pid) ?? '',
    boot: readBoot(),
    ns: readNamespace(),
    host: hostname(),
  }
  return own
}

/** Whether a process still runs; "unknown" when it can't be seen from here. */
export function isAlive(identity: ProcessIdentity): 'alive' | 'dead' | 'unknown' {
  const me = thisProcess()
  if (identity.host !== me.host) return 'unknown'
  if (identity.boot !== me.boot) return 'dead'
  if (identity.ns !== me.ns) return 'unknown'
  const start = startOf(identity.pid)
  if (start !== null) return start === identity.start ? 'alive' : 'dead'
  // No start to be read: there is no such process, or it is hidden from this user.
  return isRunning(identity.pid) ? 'unknown' : 'dead'
}

/** A zombie counts as gone: it holds nothing and writes nothing any more. */
function startOf(pid: number): string | null {
  if (process.platform !== 'linux') return askPs(pid)
  const text = readOrNull(`/proc/${pid}/stat`)
  if (text === null) return null
  // The name in parentheses may itself contain spaces and parentheses.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' || fields[0] === 'X' ? 'gone' : (fields[19] ?? null)
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function readBoot(): string {
  if (process.platform === 'linux') return readOrNull('/proc/sys/kernel/random/boot_id')?.trim() ?? ''
  return /sec = (\d+)/.exec(ask('sysctl', ['-n', 'kern.boottime']) ?? '')?.[1] ?? ''
}

function readNamespace(): string {
  if (process.platform !== 'linux') return ''
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    // A sandbox without /proc: then everything it can see is in its own namespace.
    return ''
  }
}

function askPs(pid: number): string | null {
  const line = ask('ps', ['-o', 'stat=,lstart=', '-p', String(pid)])?.trim()
  if (!line) return null
  return line.startsWith('Z') ? 'gone' : line.replace(/^\S+\s+/, '')
}

/** Lazily, as Linux never needs it and loading child_process costs start-up time. */
function ask(program: string, args: readonly string[]): string | null {
  const {spawnSync} = process.getBuiltinModule('node:child_process')
  const {status, stdout} = spawnSync(program, args, {
    encoding: 'utf8',
    timeout: 5_000,
    env: {...childEnv(process.env), LC_ALL: 'C'},
  })
  return status === 0 ? stdout : null
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // Gone or hidden: the caller treats both as "can't be read".
    return null
  }
}
