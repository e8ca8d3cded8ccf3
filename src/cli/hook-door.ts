import {writeSync} from 'node:fs'
import {runHook} from '../app/hook/run-hook.js'
import {type HookLine, parseHookLine, readInput} from './hook-line.js'

const STDOUT = 1
const STDERR = 2

/**
 * `mcos hook EVENT` without oclif: what coding agents start before every call. Exits 0 or 2 and nothing else; false when the
 * line holds something only oclif can explain.
 */
export async function enter(argv: readonly string[]): Promise<boolean> {
  const line = parseHookLine(argv)
  if (line === null) return false
  // Whatever ends this before it has answered is a no.
  process.exitCode = 2
  try {
    await answer(line)
  } catch (error) {
    process.exitCode = 2
    tellFailure(error)
  }
  return true
}

async function answer({event, home}: HookLine): Promise<void> {
  const {exit, stdout, stderr} = await runHook(event, readInput(), {home, env: process.env})
  if (stdout !== '') say(STDOUT, stdout)
  if (stderr !== '') say(STDERR, stderr)
  process.exitCode = exit
}

/** To the last letter before it returns: who started this ends the process at once. */
function say(fd: number, text: string): void {
  let rest = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
      // A pipe that is full and does not wait by itself.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}

function tellFailure(error: unknown): void {
  try {
    say(
      STDERR,
      `mcos: the hook failed, so nothing is allowed: ${error instanceof Error ? error.message : String(error)}\n`,
    )
  } catch {
    // Nobody listens; the exit code says enough.
  }
}
