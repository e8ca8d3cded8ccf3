import {createInterface} from 'node:readline'

/** Asks on the terminal; without one nothing is asked, and the answer is no. So it is at Ctrl-D; Ctrl-C interrupts. */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false
  const terminal = createInterface({input: process.stdin, output: process.stderr})
  try {
    const answer = await new Promise<string>((resolve) => {
      terminal.once('close', () => resolve(''))
      terminal.once('SIGINT', () => {
        // Closed first, so that the terminal is left as it was found.
        terminal.close()
        process.kill(process.pid, 'SIGINT')
      })
      terminal.question(`${question} [y/N] `, resolve)
    })
    return /^y(es)?$/i.test(answer.trim())
  } finally {
    terminal.close()
  }
}
