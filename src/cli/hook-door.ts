import {writeSync} from 'node:fs'
import {runHook} from '../app/hook/run-hook.js'
import {type HookLine, parseHookLine, readInput} from './hook-line.js'
import {quickOut} from './quick-output.js'

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
    tell(`mcos: the hook failed, so nothing is allowed: ${error instanceof Error ? error.message : String(error)}\n`)
  }
  return true
}

async function answer({event, home}: HookLine): Promise<void> {
  const {exit, stdout, stderr} = await runHook(event, readInput(), {home, env: process.env})
  if (stdout !== '') quickOut(stdout)
  if (stderr !== '') tell(stderr)
  process.exitCode = exit
}

function tell(text: string): void {
  try {
    writeSync(STDERR, text)
  } catch {
    // Nobody listens; the exit code says enough.
  }
}
