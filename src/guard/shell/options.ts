import type {Argument} from './arguments.js'
import type {Call} from './call.js'

/** Which options a program has, as far as it matters what stands behind them. */
export interface OptionForm {
  /** Short options that take the next word, such as `n` of `head -n 5`. */
  readonly valued?: string
  /** Long ones that do so without "=". */
  readonly longValued?: readonly string[]
  /** Options that let the program do more than its name says, short letters and long names. */
  readonly refused?: string
  readonly longRefused?: readonly string[]
  /** Of these the value is a file that is written. */
  readonly writes?: string
  readonly longWrites?: readonly string[]
  /** Of these the value is a file that is read. */
  readonly reads?: string
  readonly longReads?: readonly string[]
  /** Nothing behind the first word is an option. */
  readonly stopsAtWord?: boolean
  /** Only these are known, and any other makes the call unclear. */
  readonly known?: string
  readonly longKnown?: readonly string[]
}

/** A call's words, told apart. */
export interface Options {
  readonly has: (...names: readonly string[]) => boolean
  readonly value: (...names: readonly string[]) => Argument | undefined
  readonly rest: readonly Argument[]
  /** Long options that nobody knows here, with their "=" values. */
  readonly strangers: readonly Argument[]
}

/**
 * Takes a call's words apart as getopt does: options behind words, several letters in one, any beginning of a long name.
 * Files that options name are told at once.
 */
export function readOptions(call: Call, form: OptionForm): Options {
  const found = new Map<string, Argument | undefined>()
  const [rest, strangers]: [Argument[], Argument[]] = [[], []]
  const args = call.args.map((arg) => call.known(arg))
  const note = (name: string, value: Argument | undefined): void => {
    found.set(name, value)
    const isLong = name.length > 1
    const among = (short?: string, long?: readonly string[]): boolean =>
      isLong ? meansOne(name, long) : (short ?? '').includes(name)
    if (among(form.refused, form.longRefused))
      call.unclear(`${call.program} ${isLong ? '--' : '-'}${name} can do more than ${call.program} alone`)
    if (!value) return
    if (among(form.writes, form.longWrites)) call.write(value)
    if (among(form.reads, form.longReads)) call.read(value)
  }
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]
    if (!arg) break
    const {text} = arg
    if (text === '--') {
      rest.push(...args.slice(at + 1))
      break
    }
    if (text.startsWith('--')) {
      const [, name = '', value] = /^--([^=]*)(?:=(.*))?$/s.exec(text) ?? []
      const takes =
        value === undefined &&
        meansOne(name, [...(form.longValued ?? []), ...(form.longWrites ?? []), ...(form.longReads ?? [])])
      insistOnKnown(call, name, form)
      note(name, value === undefined ? (takes ? args[++at] : undefined) : part(arg, value))
      if (value !== undefined && !meansOne(name, form.longValued)) strangers.push(part(arg, value))
    } else if (text.startsWith('-') && text.length > 1) {
      at = readLetters(call, {arg, at, args, form, note})
    } else {
      rest.push(arg)
      if (form.stopsAtWord) {
        rest.push(...args.slice(at + 1))
        break
      }
    }
  }
  return {
    has: (...names) =>
      names.some((name) =>
        [...found.keys()].some(
          (given) => given === name || (name.length > 1 && given.length > 2 && name.startsWith(given)),
        ),
      ),
    value: (...names) => names.map((name) => found.get(name)).find((value) => value !== undefined),
    rest,
    strangers,
  }
}

interface Letters {
  readonly arg: Argument
  readonly at: number
  readonly args: readonly Argument[]
  readonly form: OptionForm
  readonly note: (name: string, value: Argument | undefined) => void
}

/** Returns the place of the last word it has taken. */
function readLetters(call: Call, {arg, at, args, form, note}: Letters): number {
  const takers = `${form.valued ?? ''}${form.writes ?? ''}${form.reads ?? ''}`
  const letters = arg.text.slice(1)
  for (let place = 0; place < letters.length; place++) {
    const letter = letters[place] ?? ''
    insistOnKnown(call, letter, form)
    if (!takers.includes(letter)) note(letter, undefined)
    else {
      const rest = letters.slice(place + 1)
      note(letter, rest === '' ? args[at + 1] : part(arg, rest))
      return rest === '' ? at + 1 : at
    }
  }
  return at
}

function insistOnKnown(call: Call, name: string, form: OptionForm): void {
  if (form.known === undefined) return
  const short = `${form.known}${form.valued ?? ''}${form.writes ?? ''}${form.reads ?? ''}${form.refused ?? ''}`
  const long = [form.longKnown, form.longValued, form.longWrites, form.longReads, form.longRefused].flatMap(
    (names) => names ?? [],
  )
  if (name.length === 1 ? short.includes(name) : long.includes(name)) return
  call.unclear(`what ${call.program} does with ${name.length === 1 ? '-' : '--'}${name} isn't known here`)
}

/** Programs take any beginning of a long option that fits no other; so does what closes. */
function meansOne(given: string, names: readonly string[] = []): boolean {
  return given !== '' && names.some((name) => name === given || (given.length > 1 && name.startsWith(given)))
}

function part(arg: Argument, text: string): Argument {
  const cut = arg.text.length - text.length
  return {text, unknown: null, glob: arg.glob === null ? null : Math.max(0, arg.glob - cut)}
}
