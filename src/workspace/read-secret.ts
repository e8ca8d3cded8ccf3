import {execFileSync} from 'node:child_process'
import {readFileSync, statSync} from 'node:fs'
import {childEnv} from '../kit/child-env.js'
import {splitCommand} from '../kit/command-line.js'
import {UserError} from '../kit/errors.js'
import {keptSecret, lookUps} from './kept-secrets.js'
import {resolveSecret, type SecretRef} from './secret-ref.js'

const COMMAND_TIMEOUT_MS = 15_000

/** What programs have answered in this process: never asked for again, only to be taken out of texts. */
const answered = new Map<string, string>()

/** The answer that a `command:` reference has had in this process; null before it was asked for. */
export function knownAnswer({source, value}: SecretRef): string | null {
  return source === 'command' ? (answered.get(value) ?? null) : null
}

/** Grows whenever more is known of secrets in this process than before. */
export function answersKnown(): number {
  return answered.size + lookUps()
}

/** The secret behind a reference, looked up on this machine at the moment it is needed. */
export function readSecret(ref: SecretRef, env: Readonly<Record<string, string | undefined>>): string {
  return resolveSecret(ref, {
    env,
    readFile: (path) => {
      const found = statSync(path, {throwIfNoEntry: false})
      return found?.isFile() ? {text: readFileSync(path, 'utf8'), mode: found.mode} : null
    },
    runCommand: (command) => runForSecret(command, env),
    kept: keptSecret,
  })
}

function runForSecret(command: string, env: Readonly<Record<string, string | undefined>>): string {
  const [program = '', ...args] = splitCommand(command)
  try {
    const answer = execFileSync(program, args, {
      env: childEnv(env),
      encoding: 'utf8',
      timeout: COMMAND_TIMEOUT_MS,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    answered.set(command, answer.trim())
    return answer
  } catch (cause) {
    throw new UserError(`The secret command:${program} … could not be read: the program failed.`, {
      code: 'SECRET_FAILED',
      fix: `Run ${program} yourself and see what it says.`,
      cause,
    })
  }
}
