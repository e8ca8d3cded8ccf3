import {fstatSync, writeSync} from 'node:fs'
import {EXIT} from '../kit/errors.js'
import {clean} from '../kit/text.js'

export const STDOUT = 1
export const STDERR = 2

/**
 * Writes to stdout for the doors: Node's own streams cost a tenth of a bare start to set up, and most beats print nothing.
 * A reader that went away is no error, and one that is slow gets the rest through the stream.
 */
export function quickOut(text: string): void {
  let rest = Buffer.from(text)
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(STDOUT, rest))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EPIPE') return
    if (code !== 'EAGAIN') {
      tellUnwritten(error)
      return
    }
    process.stdout.on('error', () => {
      // The slow reader has gone away after all.
    })
    process.stdout.write(rest)
  }
}

let isTold = false

/** What a command says can't get out where it was sent, as onto a full disk: told once, and no bug of ours. */
export function tellUnwritten(error: unknown): void {
  process.exitCode = EXIT.failed
  if (isTold) return
  isTold = true
  const why = clean(error instanceof Error ? error.message : String(error))
  try {
    writeSync(
      STDERR,
      `What this command says can't be written where it was sent: ${why}\n  Make room there (df -h), or send it elsewhere; what the command has done stands.\n`,
    )
  } catch {
    // Neither end takes a word: the exit code alone tells.
  }
}

/** Text for a person on stdout, cleaned and ended with a line break; none when there is nothing to say. */
export function quickPrint(text: string): void {
  if (text !== '') quickOut(text.endsWith('\n') ? clean(text) : `${clean(text)}\n`)
}

/**
 * Whether a person watches there; the tty module is asked only where it could be a terminal at all. Not by `import()`:
 * a door that is started from its kept code has no loader for it.
 */
export function isTerminal(fd: number): boolean {
  return fstatSync(fd).isCharacterDevice() && process.getBuiltinModule('node:tty').isatty(fd)
}
