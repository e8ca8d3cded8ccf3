import {isRecord} from '../../kit/is-record.js'
import {shellWord} from '../../kit/shell-word.js'
import {type CodingAgent, HOOK_DIALECTS} from './coding-agents.js'

/** How mcos is started from nowhere: no PATH and no working folder to go by. */
export interface Starter {
  /** Absolute. */
  readonly node: string
  /** Absolute: bin/mcos.js. */
  readonly mcos: string
  /** Absolute. */
  readonly home: string
}

/** Less than any host waits, as each takes a hook that is too slow for a yes. */
const ANSWER_SECONDS = 50

/**
 * Without an answer there is no yes. Measured: a node that is gone, and a crash, let the call through in Claude Code
 * 2.1.197 and in Codex 0.169.0, exit 2 without a word on stderr in Codex and in Gemini CLI 0.61.0, and one that takes
 * too long in all three. A system without `timeout` lacks the last of these.
 */
const OR_DENY = [
  `if command -v timeout >/dev/null 2>&1; then timeout ${ANSWER_SECONDS} "$0" "$@"; else "$0" "$@"; fi`,
  '{ echo "mcos: this call is not allowed." >&2; exit 2; }',
].join(' || ')

/** One group of a host's settings: what it calls at this event. */
export function hookEntry(host: CodingAgent, event: string, {node, mcos, home}: Starter): Record<string, unknown> {
  const {events, takesArguments, timeout} = HOOK_DIALECTS[host]
  const word = events[event] ?? ''
  const isGate = word === 'pre-tool-use'
  const line = [node, mcos, 'hook', word, '--home', home]
  const [command = '', ...args] = isGate ? ['/bin/sh', '-c', OR_DENY, ...line] : line
  const handler = {
    type: 'command',
    ...(host === 'gemini' ? {name: `mcos ${word}`} : {}),
    ...(takesArguments ? {command, args} : {command: [command, ...args].map(shellWord).join(' ')}),
    timeout,
    ...(host === 'claude' && isGate ? {onFailure: 'block'} : {}),
  }
  return {...(isGate || word === 'post-tool-use' ? {matcher: '*'} : {}), hooks: [handler]}
}

/** Whether a handler of anybody's settings calls a hook of mcos, of whatever version and from wherever. */
export function isOurHandler(handler: unknown): boolean {
  return hookWordOf(handler) !== null
}

/** Which hook of mcos a handler calls; null: none. */
export function hookWordOf(handler: unknown): string | null {
  if (!isRecord(handler) || typeof handler['command'] !== 'string') return null
  const {command, args} = handler
  const words = [command, ...(Array.isArray(args) ? args.map(String) : [])].join(' ')
  return /(?:^|[\s/'"])mcos(?:\.js)?['"]?\s+['"]?hook['"]?\s+['"]?([a-z][a-z-]*)/.exec(words)?.[1] ?? null
}
