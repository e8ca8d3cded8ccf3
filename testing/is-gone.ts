import {readFileSync} from 'node:fs'

/** Whether a process has ended. Where nobody reaps orphans (a bare container) they stay as zombies: gone all the same. */
function isGone(pid: number): boolean {
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

/** The same, soon: what is killed ends when the kernel gets to it, and on a busy machine that takes a while. */
export async function isSoonGone(pid: number): Promise<boolean> {
  for (let look = 0; look < 1_500 && !isGone(pid); look++) await new Promise((resolve) => setTimeout(resolve, 20))
  return isGone(pid)
}
