/** What a process tells its caller by its exit code; a promise to scripts and cron. */
export const EXIT = {done: 0, failed: 1, usage: 2, refused: 3, waiting: 4} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Something the person can put right. Anything else that is thrown is a bug of ours. */
export class UserError extends Error {
  readonly code: string
  readonly suggestions: string[]
  readonly exit: ExitCode

  constructor(
    message: string,
    {
      code,
      fix,
      exit = EXIT.failed,
      cause,
    }: {code: string; fix: string | readonly string[]; exit?: ExitCode; cause?: unknown},
  ) {
    super(message, {cause})
    this.name = 'UserError'
    this.code = code
    this.suggestions = typeof fix === 'string' ? [fix] : [...fix]
    this.exit = exit
  }
}

export function isUserError(error: unknown): error is UserError {
  return error instanceof UserError
}

/** Where in a person's files something stands; lines and columns count from 1. */
export interface Place {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

/** `file:line:column`, as editors and terminals link it. */
export function formatPlace({file, line, column}: Place): string {
  return [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':')
}

/** A file that can't be read as what it should be: never guessed at, always with its place. */
export function unreadable(
  place: Place,
  {expected, got, fix, cause}: {expected: string; got: string; fix: string; cause?: unknown},
): UserError {
  return new UserError(`${formatPlace(place)}: expected ${expected}, got ${got}`, {
    code: 'UNREADABLE',
    fix,
    exit: EXIT.usage,
    cause,
  })
}
