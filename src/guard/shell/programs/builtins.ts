import type {Argument} from '../arguments.js'
import type {Call} from '../call.js'
import {isDangerousName, isPlainName} from '../shell-names.js'
import type {Judge} from './judge.js'

/** Where a shell's own variables can be read from, for people and for the guard's list of secrets. */
const ENVIRONMENT = '/proc/self/environ'

/** Commands of the shell itself. */
export const BUILTINS: Readonly<Record<string, Judge>> = {
  ...Object.fromEntries(
    'eval source . trap alias unalias enable hash bind shopt emulate setopt unsetopt zmodload autoload functions pushd popd dirs fc history let mapfile readarray getopts ulimit disown fg bg suspend compgen complete unhash rehash noglob nocorrect - print vared zstyle'
      .split(' ')
      .map((name): [string, Judge] => [
        name,
        (call) => call.unclear(`what "${name}" does to the rest can't be judged`),
      ]),
  ),
  ...Object.fromEntries(
    'then do else elif fi done esac case function select coproc { } ! [[ ]] in repeat foreach'
      .split(' ')
      .map((name): [string, Judge] => [name, (call) => call.unclear(`"${name}" does not stand where it should`)]),
  ),
  export: (call) => judgeNames(call, {shows: true}),
  declare: (call) => judgeNames(call, {shows: true}),
  typeset: (call) => judgeNames(call, {shows: true}),
  readonly: (call) => judgeNames(call, {shows: true}),
  local: (call) => judgeNames(call),
  unset: (call) => judgeNames(call),
  read: (call) => judgeNames(call),
  shift: () => undefined,
  set: judgeSet,
  env: judgeEnv,
  printenv: showEnvironment,
  exec: judgeExec,
  command: judgeCommand,
  builtin: (call) => startRest(call, call.args),
}

/** What names a program shows is read in the environment, which holds secrets. */
function showEnvironment(call: Call): void {
  call.read(ENVIRONMENT)
}

function judgeNames(call: Call, {shows = false}: {shows?: boolean} = {}): void {
  const isOption = ({text}: Argument): boolean => /^-[a-zA-Z]+$/.test(text)
  const options = call.args
    .filter(isOption)
    .map(({text}) => text.slice(1))
    .join('')
  const names = call.args.filter((arg) => !isOption(arg)).map((arg) => nameOf(call, arg))
  if (/[^rxpgvsl]/.test(options)) call.unclear(`${call.program} -${options} makes more than a variable`)
  if (names.length === 0 && shows) showEnvironment(call)
  const isExported = call.program === 'export' || options.includes('x')
  for (const name of names)
    if (isDangerousName(name) || (isExported && !isPlainName(name)))
      call.unclear(`${name} is set for all that follows, which can change what programs do`)
}

function nameOf(call: Call, {text}: Argument): string {
  const [, name] = /^([A-Za-z_]\w*)(?:\+?=|$)/.exec(text) ?? []
  return name ?? call.unclear(`${call.program} is given a name that isn't plain`)
}

function judgeSet(call: Call): void {
  if (call.args.length === 0) showEnvironment(call)
  const words = call.args.map(({text}) => text)
  if (words[0] === '--') return
  if (
    !words.every(
      (word) => /^[-+][euxvC]*o?$/.test(word) || /^(?:errexit|nounset|pipefail|xtrace|verbose|noclobber)$/.test(word),
    )
  )
    call.unclear('"set" changes how the rest is read')
}

function judgeEnv(call: Call): void {
  let at = 0
  for (; at < call.args.length; at++) {
    const {text} = call.known(call.args[at] ?? {text: '', unknown: null, glob: null})
    if (text === '-' || text === '-i' || text === '--ignore-environment' || text === '--') continue
    if (text === '-u' || text === '--unset') at++
    else if (/^--unset=/.test(text)) continue
    else if (text.startsWith('-')) call.unclear(`what env does with ${text} isn't known here`)
    else if (/^[^=]+=/.test(text)) {
      const [name = ''] = text.split('=')
      if (!isPlainName(name)) call.unclear(`${name} is set for what follows, which can change what programs do`)
    } else break
  }
  if (at >= call.args.length) showEnvironment(call)
  else startRest(call, call.args.slice(at))
}

function judgeExec(call: Call): void {
  if (call.args[0]?.text.startsWith('-')) call.unclear('"exec" with options gives programs other names')
  if (call.args.length > 0) startRest(call, call.args)
}

function judgeCommand(call: Call): void {
  const [first] = call.args
  if (first?.text === '-v' || first?.text === '-V') return
  startRest(call, first?.text === '-p' || first?.text === '--' ? call.args.slice(1) : call.args)
}

/** Goes on with the program that the words name. */
export function startRest(call: Call, words: readonly Argument[]): void {
  const [program, ...args] = words
  if (!program) return
  if (program.text.startsWith('-')) call.unclear(`what ${call.program} does with ${program.text} isn't known here`)
  if (program.glob !== null) call.unclear(`which program ${call.program} starts can't be seen beforehand`)
  call.around.readCall(call.known(program).text, args)
}
