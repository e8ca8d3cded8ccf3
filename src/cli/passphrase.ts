import {EXIT, UserError} from '../kit/errors.js'
import {openTerminal, readLines, type Terminal} from './terminal.js'

/** A new passphrase, typed twice on the terminal, with the old one before it where there is one. */
export async function askNewPassphrase(
  {name, hasPassphrase}: {readonly name: string; readonly hasPassphrase: boolean},
  terminal: Terminal = openTerminal(),
): Promise<{readonly passphrase: string; readonly old: string | null}> {
  try {
    const old = hasPassphrase ? await insist(terminal, `Old passphrase of ${name}: `) : null
    const passphrase = await insist(terminal, `New passphrase of ${name}: `)
    if ((await insist(terminal, 'Once more: ')) === passphrase) return {passphrase, old}
  } finally {
    terminal.close()
  }
  throw new UserError('The two were not the same; nothing was changed.', {
    code: 'NOT_THE_SAME',
    fix: 'Run the same command again.',
    exit: EXIT.usage,
  })
}

/** The same from a pipe: the old one where there is one, then the new one, a line each. */
export function readNewPassphrase(
  fd: number,
  {hasPassphrase}: {readonly hasPassphrase: boolean},
): {readonly passphrase: string; readonly old: string | null} {
  const lines = readLines(fd)
  const [first = '', second = ''] = lines
  return hasPassphrase && lines.length > 1 ? {passphrase: second, old: first} : {passphrase: first, old: null}
}

/** Shows what is decided about and asks for the person's passphrase, on the terminal itself. */
export async function askPassphrase(
  {name, shown}: {readonly name: string; readonly shown: string},
  terminal: Terminal = openTerminal(),
): Promise<string> {
  try {
    terminal.write(`${shown.replaceAll('\n', '\r\n')}\r\n\r\n`)
    return await insist(terminal, `Passphrase of ${name}: `)
  } finally {
    terminal.close()
  }
}

async function insist(terminal: Terminal, question: string): Promise<string> {
  const typed = await terminal.askHidden(question)
  if (typed !== null && typed !== '') return typed
  throw new UserError('No passphrase was typed; nothing was done.', {
    code: 'NOTHING_TYPED',
    fix: 'Run the same command again.',
    exit: EXIT.refused,
  })
}
