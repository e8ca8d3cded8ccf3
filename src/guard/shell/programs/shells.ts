import type {Call} from '../call.js'
import {shown} from '../unclear.js'
import type {Judge} from './judge.js'

const NAMES = ['bash', 'sh', 'zsh', 'dash', 'ksh', 'ash']

/** Shells within the shell: what they are told is judged like the line itself. */
export const SHELLS: Readonly<Record<string, Judge>> = Object.fromEntries(NAMES.map((name) => [name, judgeShell]))

function judgeShell(call: Call): void {
  const isPosix = call.program !== 'bash' && call.program !== 'zsh'
  let hasCommand = false
  for (const [at, arg] of call.args.entries()) {
    const {text} = call.known(arg)
    if (!text.startsWith('-') || text === '-') {
      // Any other word than a command is the file of a script.
      if (hasCommand) call.around.readScript(plain(call, text, arg.glob), {isPosix})
      else call.run()
      return
    }
    if (text === '--version' || text === '--help') return
    if (!/^-[celux]+$/.test(text)) call.unclear(`what ${call.program} does with ${shown(text)} isn't known here`)
    if (text.includes('c')) hasCommand = true
    if (at === call.args.length - 1 && hasCommand) call.unclear(`${call.program} -c is given no command`)
  }
  judgeInput(call, isPosix)
}

function plain(call: Call, text: string, glob: number | null): string {
  return glob === null ? text : call.unclear(`what ${call.program} -c is given depends on the files that are there`)
}

/** `printf x | sh` runs what nobody has seen. */
function judgeInput(call: Call, isPosix: boolean): void {
  const {text} = call.around.input
  if (typeof text !== 'string') call.unclear(`${call.program} runs what it is given on its standard input`)
  call.around.readScript(text, {isPosix})
}
