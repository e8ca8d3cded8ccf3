import {EXIT, UserError} from '../kit/errors.js'
import {openTerminal} from './terminal.js'

const MOST_BYTES = 64 * 1024

/** A value that nobody should see: from what is piped in, or typed on a terminal that doesn't show it. Never an argument. */
export async function readHidden(question: string): Promise<string> {
  return process.stdin.isTTY ? ask(question) : readPiped()
}

async function readPiped(): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of process.stdin) {
    const bytes = Buffer.from(part)
    size += bytes.length
    if (size > MOST_BYTES) {
      throw new UserError(`More than ${MOST_BYTES / 1024} KB were piped in; a secret is shorter.`, {
        code: 'USAGE',
        fix: 'Pipe in the value alone.',
        exit: EXIT.usage,
      })
    }
    parts.push(bytes)
  }
  return Buffer.concat(parts).toString('utf8')
}

async function ask(question: string): Promise<string> {
  const terminal = openTerminal()
  try {
    return (await terminal.askHidden(`${question} `)) ?? ''
  } finally {
    terminal.close()
  }
}
