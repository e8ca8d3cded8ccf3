import {readdirSync, readFileSync} from 'node:fs'

/** Whether any cron runs on this machine; null where processes can't be seen. */
export function isCronRunning(): boolean | null {
  if (process.platform !== 'linux') return null
  return readdirSync('/proc').some((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      return /^(?:cron|crond|fcron|busybox|systemd-cron)/.test(readFileSync(`/proc/${pid}/comm`, 'utf8'))
    } catch {
      // It has ended meanwhile.
      return false
    }
  })
}
