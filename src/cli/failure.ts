import {EXIT, isUserError} from '../kit/errors.js'
import {clean, cleanLine} from '../kit/text.js'
import {usageHint} from './usage-hint.js'
import {usageWords} from './usage-words.js'

/** What a command that did not succeed tells its caller, as data. */
export interface Failure {
  readonly code: string
  readonly message: string
  readonly suggestions: readonly string[]
  readonly exit: number
  /** Where our own code broke; absent when the person can put it right. */
  readonly stack?: string
}

/** Sorts anything thrown into what a person can fix, how a command was typed, and our own bugs. */
export function describeFailure(error: unknown, help: string, example: string | null = null): Failure {
  if (isUserError(error)) {
    return {code: error.code, message: error.message, suggestions: error.suggestions, exit: error.exit}
  }
  if (isUsageError(error)) {
    const message = usageWords(error)
    const hint = usageHint(error)
    const whole = hint === null ? message : `${message} ${hint}`
    // What is left out is best shown by a whole line; what was typed wrong has its hint.
    const shown = example !== null && message.includes(' is missing') ? [`${example}   # for example`] : []
    return {code: 'USAGE', message: whole, suggestions: [...shown, help], exit: EXIT.usage}
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return {
    code: 'BUG',
    message: `This is a bug in mcos, not something you did: ${error instanceof Error ? error.message : String(error)}`,
    suggestions: ['Report it with the lines above; what was committed before is safe.'],
    exit: EXIT.failed,
    stack,
  }
}

/** The words for a person: what happened, then what to do about it. */
export function presentFailure({message, suggestions, stack}: Failure): string {
  const lines = [...(stack === undefined ? [] : [stack]), message]
  return [...lines.map(clean), ...suggestions.map((suggestion) => `  ${cleanLine(suggestion)}`), ''].join('\n')
}

/** The same for a program, as the one document on stdout. */
export function failureDocument({code, message, suggestions}: Failure): {error: Omit<Failure, 'exit' | 'stack'>} {
  return {error: {code, message, suggestions}}
}

/** oclif's own complaints about flags and arguments carry exit code 2; nothing else of it does. */
function isUsageError(error: unknown): error is Error {
  if (!(error instanceof Error) || !('oclif' in error)) return false
  const {oclif} = error
  return typeof oclif === 'object' && oclif !== null && 'exit' in oclif && oclif.exit === EXIT.usage
}
