import {closeSync, openSync, readSync, writeSync} from 'node:fs'
import {isatty, ReadStream} from 'node:tty'
import {EXIT, UserError} from '../kit/errors.js'
import {clean} from '../kit/text.js'

/** A person's own terminal, whatever stdin and stdout are. */
export interface Terminal {
  write(text: string): void
  /** What is typed is not shown; null at Ctrl-D. */
  askHidden(question: string): Promise<string | null>
  close(): void
}

/** Opens the terminal this process belongs to; without one nobody can be asked, and nothing is assumed. */
export function openTerminal(): Terminal {
  const fd = openTty()
  if (fd === null) throw noTerminal()
  return {
    write: (text) => writeAll(fd, clean(text)),
    askHidden: (question) => askHidden(fd, question),
    close: () => closeSync(fd),
  }
}

/** The lines of a file descriptor, for those who hand passphrases in by a pipe: an argument would be seen by everybody. */
export function readLines(fd: number): string[] {
  const chunks: Buffer[] = []
  const chunk = Buffer.alloc(4096)
  for (let size = readPart(fd, chunk); size > 0; size = readPart(fd, chunk)) {
    chunks.push(Buffer.from(chunk.subarray(0, size)))
    if (chunks.length > 16) break
  }
  return Buffer.concat(chunks).toString('utf8').replace(/\n$/, '').split('\n')
}

function readPart(fd: number, chunk: Buffer): number {
  try {
    return readSync(fd, chunk)
  } catch (cause) {
    throw new UserError(`Nothing can be read from file descriptor ${fd}.`, {
      code: 'NO_INPUT',
      fix: `Open it for this command (${fd}< FILE), or hand it in by a pipe: pass show mcos | mcos … --passphrase-fd 0`,
      exit: EXIT.usage,
      cause,
    })
  }
}

function openTty(): number | null {
  try {
    const fd = openSync('/dev/tty', 'r+')
    if (isatty(fd)) return fd
    closeSync(fd)
    return null
  } catch {
    // cron, a pipe, a sandbox: no terminal belongs to this process.
    return null
  }
}

function askHidden(fd: number, question: string): Promise<string | null> {
  const stream = new ReadStream(openSync('/dev/tty', 'r+'))
  // Before it is asked: whoever answers at once must not be shown either.
  stream.setRawMode(true)
  writeAll(fd, clean(question))
  stream.setEncoding('utf8')
  return new Promise((resolve) => {
    let typed = ''
    const end = (answer: string | null): void => {
      stream.setRawMode(false)
      stream.destroy()
      writeAll(fd, '\r\n')
      resolve(answer)
    }
    stream.on('data', (text: string | Buffer) => {
      for (const letter of String(text)) {
        if (letter === '\r' || letter === '\n') return end(typed)
        if (letter === '\u0004') return end(null)
        if (letter === '\u0003') {
          end(null)
          process.kill(process.pid, 'SIGINT')
          return undefined
        }
        if (letter === '\u007f' || letter === '\b') typed = [...typed].slice(0, -1).join('')
        else if (letter === '\u0015') typed = ''
        else if (letter >= ' ') typed += letter
      }
      return undefined
    })
    stream.on('error', () => end(null))
  })
}

function writeAll(fd: number, text: string): void {
  writeSync(fd, text)
}

function noTerminal(): UserError {
  return new UserError('A passphrase is asked for on a terminal, and this runs without one.', {
    code: 'NO_TERMINAL',
    fix: 'Run the same command yourself, in a terminal of your own.',
    exit: EXIT.refused,
  })
}
