import {splitCommand} from '../kit/command-line.js'
import type {AgentEntry} from '../workspace/agents.js'

/** Programs that run what stands behind them: there, any word may be the program that is meant. */
const WRAPPERS = new Set(
  [
    'sudo doas su env nice ionice nohup setsid time timeout stdbuf chrt taskset unshare nsenter chroot flock xargs parallel',
    'watch script entr ssh sh bash dash zsh ksh fish ash busybox toybox eval exec command builtin source npx pnpx bunx uvx',
    'npm pnpm yarn bun uv poetry pipenv bundle mise asdf direnv dotenv op doppler systemd-run firejail bwrap docker podman find',
    'if then else elif while until do { ! . coproc trap cmd powershell pwsh start',
  ].flatMap((names) => names.split(' ')),
)

/** Nobody writes more behind one of these, and whoever does wants it not to be looked through. */
const MOST_WRAPPED = 2_000

/**
 * Whether a command line runs what begins so, taken widely: a program by its last name, options between the words passed
 * over, behind wrappers such as sudo and env, in any part of a shell's line.
 */
export function beginsWith(commandLine: string, begin: string): boolean {
  const [program = '', ...wanted] = begin.trim().split(/\s+/)
  const name = lastName(program)
  return piecesOf(commandLine).some((words) => {
    const runs = (at: number): boolean => lastName(words[at] ?? '') === name && follows(words, at + 1, wanted)
    if (runs(0)) return true
    if (!WRAPPERS.has(lastName(words[0] ?? ''))) return false
    return words.length > MOST_WRAPPED || words.some((_, at) => runs(at))
  })
}

/** Whether a word of a command line names what lies outside of the folder it is run in and of the agent's own. */
export function leadsOut(commandLine: string, {path}: Pick<AgentEntry, 'path'>): boolean {
  return piecesOf(commandLine).some(([, ...words]) =>
    words.some((word) => {
      const value = word.replace(/^--?[\w-]+=/, '')
      if (/(?:^|[/\\])\.\.(?:[/\\]|$)/.test(value) || /^~|[$`]/.test(value)) return true
      return /^(?:[/\\]|[a-z]:)/i.test(value) && (path === '.' || !`${value}/`.includes(`/${path}/`))
    }),
  )
}

/** One line is asked about by every rule, one after the other. */
let known: {readonly line: string; readonly pieces: readonly string[][]} = {line: '', pieces: []}

function piecesOf(commandLine: string): readonly string[][] {
  if (known.line !== commandLine) known = {line: commandLine, pieces: cutPieces(commandLine)}
  return known.pieces
}

/** The programs of a line with their words; a line that only a shell understands is cut at whatever could begin another. */
function cutPieces(commandLine: string): string[][] {
  const words = plainWords(commandLine)
  const pieces = words ? [words] : commandLine.split(/[;&|()<>`\n]|\$\(/).map(looseWords)
  return pieces.flatMap((piece) => {
    // A word of several words behind a wrapper is a command line of its own.
    const inner = WRAPPERS.has(lastName(piece[0] ?? '')) ? piece.filter((word) => /\s/.test(word)) : []
    return [piece, ...inner.flatMap((word) => cutPieces(word))]
  })
}

function plainWords(commandLine: string): string[] | null {
  try {
    return splitCommand(commandLine)
  } catch {
    // What needs a shell is read as loosely as a shell might be told to.
    return null
  }
}

function looseWords(piece: string): string[] {
  const words = piece.replace(/["'\\]/g, '').split(/\s+/)
  const start = words.findIndex((word) => word !== '' && !/^\w+\+?=/.test(word))
  return start === -1 ? [] : words.slice(start).filter((word) => word !== '')
}

/** Whether the wanted words follow in their order, with nothing between them but options and what those take. */
function follows(words: readonly string[], from: number, wanted: readonly string[]): boolean {
  let at = from
  for (const word of wanted) {
    if (word.startsWith('-')) {
      if (!words.slice(from).some((given) => isOption(given, word))) return false
      continue
    }
    while (at < words.length && words[at] !== word) {
      if (!words[at]?.startsWith('-') && !(at > from && words[at - 1]?.startsWith('-'))) return false
      at++
    }
    if (at >= words.length) return false
    at++
  }
  return true
}

/** `-r` is also in `-rf`, `--recursive` also `--recurs` and `--recursive=always`. */
function isOption(given: string, wanted: string): boolean {
  if (given === wanted || given.startsWith(`${wanted}=`)) return true
  if (/^-\w$/.test(wanted)) return /^-\w+$/.test(given) && given.includes(wanted.slice(1))
  return given.length > 4 && given.startsWith('--') && wanted.startsWith(given)
}

function lastName(word: string): string {
  return (word.split(/[/\\]/).at(-1) ?? '').toLowerCase().replace(/\.(?:exe|cmd|bat|ps1)$/, '')
}
