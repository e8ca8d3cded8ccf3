import {mkdtempSync, readdirSync, rmSync, statfsSync} from 'node:fs'
import {join} from 'node:path'

const MEMORY = '/dev/shm'
const NAME = /^mcos-tests-(\d+)-/
/** As much as tests have ever used at once, ten times. */
const ENOUGH_BYTES = 4 * 1024 ** 3
/** What a file system in memory calls itself. */
const TMPFS = 0x01021994

/**
 * Lets temporary folders lie in memory where there is plenty: the tests make hundreds of thousands of files, and a disk
 * takes half as long again for them. Whoever has set TMPDIR keeps it. Answers how to take it back.
 */
export function keepTempInMemory(): () => void {
  if (process.env['TMPDIR'] !== undefined || !hasRoom()) return () => undefined
  for (const name of readdirSync(MEMORY)) if (isAbandoned(name)) remove(name)
  const dir = mkdtempSync(join(MEMORY, `mcos-tests-${process.pid}-`))
  process.env['TMPDIR'] = dir
  return () => {
    delete process.env['TMPDIR']
    rmSync(dir, {recursive: true, force: true, maxRetries: 3})
  }
}

function hasRoom(): boolean {
  try {
    const {type, bavail, bsize} = statfsSync(MEMORY)
    return type === TMPFS && bavail * bsize >= ENOUGH_BYTES
  } catch {
    return false // No Linux.
  }
}

/** Left by a run that was killed. */
function isAbandoned(name: string): boolean {
  const pid = NAME.exec(name)?.[1]
  if (pid === undefined) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

function remove(name: string): void {
  try {
    rmSync(join(MEMORY, name), {recursive: true, force: true})
  } catch {
    // Another person's; they may remove it themselves.
  }
}
