import {readFileSync, statSync} from 'node:fs'
import path from 'node:path'
import {MAX_MESSAGE_BYTES} from '../../bus/send.js'
import {EXIT, UserError} from '../../kit/errors.js'
import {shellWord} from '../../kit/shell-word.js'

/** The text to send: as typed, or what a file or (for `-`) the standard input holds. Never both, never neither. */
export function readMessageText(
  {text, file}: {text?: string | undefined; file?: string | undefined},
  {cwd, to = 'TO'}: {cwd: string; to?: string},
): string {
  if (text !== undefined && file === undefined) return text
  if (text === undefined && file !== undefined)
    return file === '-' ? readStdin() : readTextFile(path.resolve(cwd, file))
  throw new UserError(
    text === undefined ? 'There is no text to send.' : 'There are two texts: one typed, one in a file.',
    {
      code: 'USAGE',
      fix: [
        `mcos message send ${shellWord(to)} "What you have to say"`,
        `mcos message send ${shellWord(to)} --file note.md   # or - for the standard input`,
      ],
      exit: EXIT.usage,
    },
  )
}

function readStdin(): string {
  return readFileSync(0, 'utf8')
}

function readTextFile(file: string): string {
  const found = statSync(file, {throwIfNoEntry: false})
  if (!found?.isFile()) throw noFile(`${file} is not a file.`)
  if (found.size > MAX_MESSAGE_BYTES) throw noFile(`${file} is longer than ${MAX_MESSAGE_BYTES / 1024} KiB.`)
  return readFileSync(file, 'utf8')
}

function noFile(message: string): UserError {
  return new UserError(message, {
    code: 'NO_FILE',
    fix: 'Name a text file, or - for the standard input.',
    exit: EXIT.usage,
  })
}
