import {spawnSync} from 'node:child_process'
import {mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync} from 'node:fs'
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
export function keepTempInMemory(memory = MEMORY): () => void {
  if (process.env['TMPDIR'] !== undefined || !hasRoom(memory)) return () => undefined
  for (const name of readdirSync(memory)) if (isAbandoned(name)) remove(join(memory, name))
  const dir = mkdtempSync(join(memory, `mcos-tests-${process.pid}-`))
  const takeBack = (): void => rmSync(dir, {recursive: true, force: true, maxRetries: 3})
  if (!startsPrograms(dir)) {
    takeBack()
    return () => undefined
  }
  process.env['TMPDIR'] = dir
  return () => {
    delete process.env['TMPDIR']
    takeBack()
  }
}

/** A container's memory is often mounted so that no program in it may be started (`noexec`). */
function startsPrograms(dir: string): boolean {
  const file = join(dir, 'program')
  writeFileSync(file, '#!/bin/sh\n', {mode: 0o755})
  return spawnSync(file).status === 0
}

function hasRoom(memory: string): boolean {
  try {
    const {type, bavail, bsize} = statfsSync(memory)
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

function remove(dir: string): void {
  try {
    rmSync(dir, {recursive: true, force: true})
  } catch {
    // Another person's; they may remove it themselves.
  }
}
