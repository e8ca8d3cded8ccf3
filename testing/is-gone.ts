import {readFileSync} from 'node:fs'

/** Whether a process has ended. Where nobody reaps orphans (a bare container) they stay as zombies: gone all the same. */
export function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return true // There is none of that number.
  }
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.startsWith('Z') ?? false
  } catch {
    // Just ended; or no Linux, where init reaps.
    return process.platform === 'linux'
  }
}
