import type {Argument} from '../arguments.js'
import type {Call} from '../call.js'
import {isDangerousName} from '../shell-names.js'
import type {Judge} from './judge.js'

/** They print, wait or compare, whatever they are given. */
const ANYTHING =
  'echo true false : pwd sleep exit return break continue basename dirname seq yes whoami id uname nproc uptime tty logname groups arch tput clear times sync type which umask'

/** Programs that need no line in a contract: nothing comes of them but what they print. */
export const HARMLESS: Readonly<Record<string, Judge>> = {
  ...Object.fromEntries(ANYTHING.split(' ').map((name) => [name, () => undefined])),
  printf: judgePrintf,
  jobs: (call) => insistOnOptions(call, /^(?:-[lnprs]+|%\S*)$/),
  wait: (call) => insistOnOptions(call, /^(?:-[fn]+|%\S*|\d+)$/),
  test: judgeTest,
  '[': judgeTest,
  expr: () => undefined,
  date: judgeDate,
  hostname: (call) => (call.args.length === 0 ? undefined : call.run()),
}

/** Whether what stands in front of it can hardly matter. */
export function isHarmless(program: string): boolean {
  return program in HARMLESS
}

/** `jobs -x` starts a program, `wait -p` works out an index. */
function insistOnOptions(call: Call, harmless: RegExp): void {
  const words = call.args.filter(({text}) => text !== '$!').map((arg) => call.known(arg).text)
  const odd = words.find((word) => !harmless.test(word))
  if (odd !== undefined) call.unclear(`what ${call.program} does with ${odd} isn\u2019t known here`)
}

function judgePrintf(call: Call): void {
  const [first, name] = call.args
  if (first?.text !== '-v') return
  if (!name || name.unknown !== null || !/^[A-Za-z_]\w*$/.test(name.text) || isDangerousName(name.text))
    call.unclear('printf -v sets a variable whose name is not plain')
}

/** `-v` works an index out. */
function judgeTest(call: Call): void {
  const place = call.args.findIndex(({text}) => text === '-v' || text === '-R')
  if (place >= 0 && !/^[A-Za-z_]\w*$/.test(call.args[place + 1]?.text ?? ''))
    call.unclear('"test -v" works out what it is given')
}

function judgeDate(call: Call): void {
  const words = call.args.map((arg) => arg.text)
  if (words.some((word) => /^-[uR]*s|^--s/.test(word)) || words.some((word) => /^\d{8}/.test(word))) call.run()
  else if (words.some((word) => /^-[uR]*[fr]|^--(?:fi|re)/.test(word)))
    for (const arg of call.args)
      if (!arg.text.startsWith('+'))
        call.read(call.known(arg.text.startsWith('-') ? {...arg, text: arg.text.replace(/^-+\w*=?/, '') || '-'} : arg))
}

/** What a program prints, where that can be told: the content of the file that it is written into. */
export function contentOf(program: string, args: readonly Argument[], input: string | null | undefined): string | null {
  if (args.some(({unknown, glob}) => unknown !== null || glob !== null)) return null
  const words = args.map(({text}) => text)
  switch (program) {
    case 'echo':
      return echoed(words)
    case 'printf':
      return words.length === 0 || words[0]?.startsWith('-') ? null : printed(words)
    case 'cat':
      return words.every((word) => word === '-') ? (input ?? null) : null
    case 'true':
    case ':':
      return ''
    default:
      return null
  }
}

function echoed(words: readonly string[]): string {
  const isQuiet = /^-[neE]+$/.test(words[0] ?? '')
  const text = (isQuiet ? words.slice(1) : words).join(' ')
  return isQuiet && /[e]/.test(words[0] ?? '') ? spelled(text) : `${text}${isQuiet ? '' : '\n'}`
}

/** Near enough for looking through: a word in each place, and the rest behind. */
function printed([format = '', ...words]: readonly string[]): string {
  const left = [...words]
  const filled = format.replace(/%(?:%|[-+ #0]*[\d.]*[a-zA-Z])/g, (sign) =>
    sign === '%%' ? '%' : (left.shift() ?? ''),
  )
  return spelled([filled, ...left].join('\n'))
}

function spelled(text: string): string {
  return text.replace(/\\(n|t|\\|x[0-9a-fA-F]{1,2}|0?[0-7]{1,3})/g, (whole, sign: string) => {
    if (sign === 'n') return '\n'
    if (sign === 't') return '\t'
    if (sign === '\\') return '\\'
    const code = sign.startsWith('x') ? Number.parseInt(sign.slice(1), 16) : Number.parseInt(sign, 8)
    return Number.isNaN(code) ? whole : String.fromCharCode(code)
  })
}
