import type {Action} from '../action.js'
import type {ActionLog} from './action-log.js'
import type {Argument} from './arguments.js'
import {formatCommand} from './format-command.js'
import {type Places, pathsFrom} from './places.js'
import {shown, Unclear} from './unclear.js'

/** What a program is given on its standard input, where that is known. */
export interface Input {
  /** null: something, and nobody knows what; undefined: nothing was said of it. */
  readonly text: string | null | undefined
}

/** What a call needs of the reading around it. */
export interface Surroundings {
  readonly log: ActionLog
  readonly places: Places
  /** Where the command line began. */
  readonly start: string
  readonly input: Input
  /** Judges another command line, as `bash -c` would run it. */
  readScript(text: string, dialect: {isPosix: boolean}): void
  /** Judges another program with its arguments, as a wrapper would start it. */
  readCall(program: string, args: readonly Argument[]): void
}

/** One program with its arguments, and the means to say what it does. */
export class Call {
  constructor(
    readonly program: string,
    readonly args: readonly Argument[],
    readonly around: Surroundings,
  ) {}

  /** The same call with other words. */
  withWords(args: readonly Argument[], program: string = this.program): Call {
    return new Call(program, args, this.around)
  }

  /** All arguments, known to the letter; wildcards stand as they are. */
  texts(): string[] {
    return this.args.map((arg) => this.known(arg).text)
  }

  known(arg: Argument): Argument {
    if (arg.unknown !== null) throw new Unclear(`${this.program} is given ${shown(arg.text)}: ${arg.unknown}`)
    return arg
  }

  read(arg: Argument | string): void {
    const {text, glob} = asArgument(arg)
    if (text === '-' || text === '' || isNoFile(text)) return
    if (glob === null) this.path('read', text)
    else {
      // What a wildcard finds lies somewhere below what stands before it.
      const before = text.slice(0, glob)
      this.path('read', `${before.slice(0, before.lastIndexOf('/') + 1) || '.'}/`)
    }
  }

  readTree(arg: Argument | string): void {
    const {text, glob} = asArgument(arg)
    if (glob === null) this.path('read', `${text}/`)
    else this.read(arg)
  }

  /** A folder and what is below it, but for what is hidden there; or names alone. */
  readSeen(arg: Argument | string): void {
    const {text, glob} = asArgument(arg)
    if (glob === null) this.path('read', `${text}/**`)
    else this.read(arg)
  }

  write(arg: Argument | string, content?: string): void {
    const text = this.plain(arg, 'writes')
    if (!isNoFile(text)) this.path('write', text, content)
  }

  /** Anything below a folder. */
  writeTree(arg: Argument | string): void {
    this.path('write', `${this.plain(arg, 'writes')}/`)
  }

  /** Whatever of a checkout git itself keeps there: not its own folder, and never by names that the line has given. */
  writeTracked(folder: string): void {
    this.path('write', `${folder}/**`)
  }

  /** The same where files go. */
  removeTracked(folder: string): void {
    this.path('delete', `${folder}/**`)
  }

  remove(arg: Argument | string): void {
    this.path('delete', this.plain(arg, 'deletes'))
  }

  removeTree(arg: Argument | string): void {
    this.path('delete', `${this.plain(arg, 'deletes')}/`)
  }

  /** What comes to lie there may be a link: nothing of it is taken by its name from now on. */
  lose(arg: Argument | string): void {
    for (const path of pathsFrom(this.around.places, asArgument(arg).text)) this.around.log.lose(path)
  }

  /** The program as a whole, for the contract's `commands`. */
  run(words: readonly string[] = [this.program, ...this.texts()]): void {
    if (this.args.some(({glob}) => glob === 0))
      throw new Unclear(`what ${this.program} is given depends on the files that are there`)
    const {log, places, start} = this.around
    for (const place of places) {
      if (place === null) throw new Unclear('the folder that it has gone to isn\u2019t known')
      if (place !== start) log.add({verb: 'read', target: place})
    }
    log.add({verb: 'run', target: formatCommand(words)})
  }

  act(action: Action): void {
    this.around.log.add(action)
  }

  unclear(why: string): never {
    throw new Unclear(why)
  }

  private path(verb: 'read' | 'write' | 'delete', path: string, content?: string): void {
    for (const target of pathsFrom(this.around.places, path))
      this.around.log.add(content === undefined ? {verb, target} : {verb, target, content})
  }

  private plain(arg: Argument | string, does: string): string {
    const {text, glob} = asArgument(arg)
    if (text === '') throw new Unclear(`${this.program} ${does} a file without a name`)
    if (glob !== null)
      throw new Unclear(
        `${this.program} ${does} ${shown(text)}: name the files, for a wildcard can mean others by then`,
      )
    return text
  }
}

function asArgument(arg: Argument | string): Pick<Argument, 'text' | 'glob'> {
  return typeof arg === 'string' ? {text: arg, glob: null} : arg
}

/** The descriptors that a process has anyway. */
export function isNoFile(path: string): boolean {
  return /^\/dev\/(?:null|zero|stdin|stdout|stderr|tty|fd\/[012])$/.test(path)
}
