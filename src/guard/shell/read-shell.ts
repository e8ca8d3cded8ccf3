import type {Action} from '../action.js'
import {ActionLog} from './action-log.js'
import {Cursor} from './cursor.js'
import {followList} from './flow.js'
import {parseScript} from './parse.js'
import {Unclear} from './unclear.js'

/** What a shell's command line would do, or why nobody can tell. Paths are absolute, a whole tree ends in "/". */
export type ShellReading =
  | {readonly kind: 'actions'; readonly actions: readonly Action[]}
  | {readonly kind: 'unclear'; readonly why: string}

export interface ShellPlace {
  /** Absolute. */
  readonly cwd: string
  /** What `~` stands for; absent: nobody knows. */
  readonly userHome?: string
}

/** More than any line that a person could judge. */
const LONGEST = 400_000

/**
 * Takes a command line as the actions that it comes to, without running anything of it. Whatever could do more than what is
 * named here makes it unclear: nothing that can't be judged is waved through.
 */
export function readShell(commandLine: string, {cwd, userHome}: ShellPlace): ShellReading {
  const log = new ActionLog()
  try {
    if (commandLine.length > LONGEST) throw new Unclear('it is too long to be judged')
    const dialect = {isPosix: false, userHome: userHome ?? null}
    const script = parseScript(new Cursor(commandLine, dialect))
    followList(script, [cwd], {log, start: cwd, dialect, depth: 0, input: undefined})
    return {kind: 'actions', actions: log.actions}
  } catch (error) {
    if (error instanceof Unclear) return {kind: 'unclear', why: error.message}
    // A nesting that no check has met: still only a line that can't be judged.
    if (error instanceof RangeError) return {kind: 'unclear', why: 'it is nested too deep'}
    throw error
  }
}
