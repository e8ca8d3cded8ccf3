import {randomUUID} from 'node:crypto'
import {childEnv} from '../kit/child-env.js'
import {type RunResult, runProgram} from '../kit/run.js'
import type {Channel} from '../workspace/config.js'
import type {Delivery, Page, SendOptions} from './delivery.js'

type CommandChannel = Extract<Channel, {kind: 'command'}>

/**
 * The program takes the page out of "pending" itself, in the last moment before it begins. So a beat that is killed
 * leaves either a page that was certainly not begun, or one that certainly was; and of two beats that send the same
 * page only one can win the rename. The text comes by the environment, not by a pipe of ours, as the program may outlive
 * us. The script is constant: what is run stands in its arguments.
 */
const CLAIM_THEN_RUN =
  'mv -f -- "$1" "$2" 2>/dev/null || { printf %s "$3" >&2; exit 75; }; shift 3; printf %s "$MCOS_PAGE_TEXT" | "$@"'

/** Runs a channel's program with the page on its standard input; exit 0 is sent. */
export async function runPageCommand(channel: CommandChannel, page: Page, options: SendOptions): Promise<Delivery> {
  const {command} = channel
  const {cwd, env, marker, timeoutMs = 30_000} = options
  if (command.length === 0) return {outcome: 'failed', detail: 'the channel names no command'}
  const lost = `not claimed ${randomUUID()}`
  const text = `${page.title}\n\n${page.text}\n`
  const argv = marker ? [...claim(marker, lost), ...command] : [...command]
  // The beat's signal is left out: a page that is on its way is not called back half-way.
  const how = {cwd, env: {...childEnv(env), ...pageEnv(page), MCOS_PAGE_TEXT: text}, timeoutMs}
  const result = await runProgram(argv, marker ? how : {...how, input: text})
  if (result.code === 75 && result.stderr === lost) return {outcome: 'unknown', detail: 'another process is sending it'}
  return judge(command[0] ?? '', result, timeoutMs)
}

function claim({pending, started}: {pending: string; started: string}, lost: string): string[] {
  return ['/bin/sh', '-c', CLAIM_THEN_RUN, 'sh', pending, started, lost]
}

function pageEnv({key, fleet, agent, title, at}: Page): Record<string, string> {
  return {
    MCOS_PAGE_KEY: key,
    MCOS_PAGE_FLEET: fleet,
    MCOS_PAGE_AGENT: agent,
    MCOS_PAGE_TITLE: title,
    MCOS_PAGE_AT: at,
  }
}

function judge(program: string, result: RunResult, timeoutMs: number): Delivery {
  const {code, signal, error, timedOut, stderr} = result
  if (error === 'ENOENT' || code === 127) return {outcome: 'failed', detail: `${program} is not installed here`}
  if (error === 'EACCES' || code === 126) return {outcome: 'failed', detail: `${program} may not be executed`}
  if (error) return {outcome: 'failed', detail: `${program} could not be started (${error})`}
  if (timedOut) return {outcome: 'failed', detail: `${program} did not end within ${timeoutMs / 1000} s`}
  if (code === 0) return {outcome: 'sent', detail: `${program} took it`}
  const said = stderr.trimEnd().split('\n').at(-1) ?? ''
  const end = code === null ? `was ended by ${signal}` : `ended with exit ${code}`
  return {outcome: 'failed', detail: said ? `${program} ${end}: ${said}` : `${program} ${end}`}
}
