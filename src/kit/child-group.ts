import type {ChildProcess} from 'node:child_process'

/** Tells a program and all that it started, as long as they stay in the group it was started with. */
export function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch (error) {
    // Nobody left in the group. EPERM comes from macOS for a group of zombies, and for programs that changed their user.
    const errno = codeOf(error)
    if (errno !== 'ESRCH' && errno !== 'EPERM') throw error
  }
}

const live = new Set<ChildProcess>()

/** What still runs when this process ends by itself would stay as an orphan nobody waits for. */
export function holdUntilExit(child: ChildProcess): void {
  if (live.size === 0 && process.listeners('exit').indexOf(killLive) < 0) process.once('exit', killLive)
  live.add(child)
}

/** It has ended, and so has what it started: nothing is left to be killed. */
export function letGo(child: ChildProcess): void {
  live.delete(child)
}

function killLive(): void {
  for (const child of live) killGroup(child, 'SIGKILL')
}

/** The word for what failed, of the system or of node; FAILED where there is none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'FAILED'
}
