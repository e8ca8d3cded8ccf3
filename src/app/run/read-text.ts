import {EXIT, UserError} from '../../kit/errors.js'
import {readMessageText} from '../messages/read-text.js'

/** What is asked for: as typed, from the standard input for `-`, or from a file; never two of them, never none. */
export function readRunText(
  {text, file}: {readonly text?: string | undefined; readonly file?: string | undefined},
  {cwd}: {readonly cwd: string},
): string {
  if ((text === undefined) === (file === undefined)) {
    throw new UserError(
      text === undefined ? 'What is to be done is missing.' : 'There are two texts: one typed, one in a file.',
      {
        code: 'USAGE',
        fix: 'mcos run AGENT "What you want done", or mcos run AGENT --file FILE',
        exit: EXIT.usage,
      },
    )
  }
  return readMessageText(text === '-' ? {file: '-'} : {text, file}, {cwd})
}
