import {describeFailure, failureDocument, presentFailure} from './failure.js'
import {formatJson} from './output.js'

/** Ends a command that threw: the one document on stdout or the words on stderr, and the exit code. A bug's stack is always told. */
export function tellFailure(
  error: unknown,
  {json, help, example = null}: {json: boolean; help: string; example?: string | null},
): void {
  const failure = describeFailure(error, help, example)
  process.exitCode = failure.exit
  if (json) process.stdout.write(`${formatJson(failureDocument(failure))}\n`)
  if (!json || failure.stack !== undefined) process.stderr.write(presentFailure(failure))
}
