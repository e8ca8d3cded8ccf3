import path from 'node:path'
import type {Schedule} from './schedule.js'

/** How a scheduler starts a beat, whoever wrote it down. */
export interface BeatCommand {
  readonly program: string
  readonly args: readonly string[]
  /** The fleet's; null: it isn't said. */
  readonly home: string | null
  readonly agents: readonly string[]
}

/** The words that start a schedule's beat; `--all`, as in a one-agent home the home is also an agent's folder. */
export function beatWords({node, mcos, home, agent}: Pick<Schedule, 'node' | 'mcos' | 'home' | 'agent'>): string[] {
  return [node, mcos, 'heartbeat', '--home', home, agent ?? '--all']
}

/** What is started when these are the words of a command line; null: no heartbeat of mcos. */
export function readBeatWords(
  words: readonly string[],
  around: {readonly home?: string | null} = {},
): BeatCommand | null {
  const at = words.findIndex((word, index) => word === 'heartbeat' && isMcos(words[index - 1]))
  if (at < 0) return null
  const isByNode = at > 1 && isNode(words[at - 2])
  const program = words[isByNode ? at - 2 : at - 1] ?? ''
  const rest = words.slice(at + 1)
  return {
    program,
    args: words.slice(isByNode ? at - 1 : at),
    home: flagValue(rest, '--home') ?? around.home ?? null,
    agents: namesIn(rest),
  }
}

function isMcos(word = ''): boolean {
  return /^mcos(?:\.js)?$/.test(path.posix.basename(word))
}

function isNode(word = ''): boolean {
  return /^node(?:js)?(?:[\d.-].*)?$/.test(path.posix.basename(word))
}

function flagValue(words: readonly string[], flag: string): string | null {
  const joined = words.find((word) => word.startsWith(`${flag}=`))
  if (joined !== undefined) return joined.slice(flag.length + 1)
  const at = words.indexOf(flag)
  return at < 0 ? null : (words[at + 1] ?? null)
}

const WITH_VALUE = new Set(['--home', '--at', '--concurrency'])

function namesIn(words: readonly string[]): string[] {
  return words.filter((word, index) => !word.startsWith('-') && !WITH_VALUE.has(words[index - 1] ?? ''))
}
