import {Command, Flags, type Interfaces} from '@oclif/core'
import type {Fleet} from '../app/fleet.js'
import {clean} from '../kit/text.js'
import {formatJson} from './output.js'
import {tellFailure} from './tell-failure.js'
import {agentInFront, agentOfFolder} from './which-agent.js'

/**
 * What every command has: `--home` and `--json`, output that no terminal can be steered by, and errors that end in a fix.
 * `run` parses, makes one call, prints and returns a named type; under `--json` the returned object is the output.
 */
export abstract class BaseCommand extends Command {
  static override enableJsonFlag = true
  static override baseFlags = {
    home: Flags.string({
      description: 'The fleet home; otherwise MCOS_HOME, or the nearest mcos.yaml upwards from here.',
      helpGroup: 'GLOBAL',
      helpValue: 'DIR',
    }),
  }

  private homeFlag: string | undefined

  /** The fleet this command works on, opened when first asked for: most of a start is what is not loaded. */
  protected async fleet(): Promise<Fleet> {
    const {openFleet} = await import('../app/fleet.js')
    return openFleet({
      ...(this.homeFlag === undefined ? {} : {home: this.homeFlag}),
      cwd: process.cwd(),
      env: process.env,
    })
  }

  /** Result text for a person, on stdout; nothing of it under `--json`. */
  protected print(text: string): void {
    if (!this.jsonEnabled()) process.stdout.write(withNewline(clean(text)))
  }

  /** A notice beside the result, on stderr. */
  protected note(text: string): void {
    process.stderr.write(withNewline(clean(text)))
  }

  /** How far the work is, on stderr, and only where somebody watches. */
  protected progress(text: string): void {
    if (process.stderr.isTTY && !this.jsonEnabled()) this.note(text)
  }

  /** The exit code of a command that answers and yet did not simply succeed. */
  protected endWith(code: number): void {
    process.exitCode = code
  }

  protected override async parse<
    F extends Interfaces.OutputFlags<Interfaces.FlagInput>,
    B extends Interfaces.OutputFlags<Interfaces.FlagInput>,
    A extends Interfaces.OutputArgs<Interfaces.ArgInput>,
  >(options?: Interfaces.Input<F, B, A>, argv?: string[]): Promise<Interfaces.ParserOutput<F, B, A>> {
    const line = takesAgent(options) ? agentInFront(argv ?? this.argv) : (argv ?? this.argv)
    const parsed = await super.parse(options && readingLine(options, line), line)
    answerBooleans(options?.flags ?? {}, parsed.flags)
    const home: unknown = parsed.flags['home']
    if (typeof home === 'string') this.homeFlag = home
    return parsed
  }

  override logJson(json: unknown): void {
    process.stdout.write(`${formatJson(json)}\n`)
  }

  /** The first line of the help's examples, as it is typed; null where there is none. */
  private firstExample(): string | null {
    const [first] = this.ctor.examples ?? []
    const line = typeof first === 'object' ? first.command : first
    const typed = line?.replaceAll('<%= config.bin %>', this.config.bin)
    return typed?.replaceAll('<%= command.id %>', (this.id ?? '').replaceAll(':', ' ')).replace(/ +#.*$/, '') ?? null
  }

  protected override async catch(error: unknown): Promise<void> {
    const help = `${this.config.bin} ${(this.id ?? '').replaceAll(':', ' ')} --help`
    // A command whose output is a protocol has no --json, and yet a program may ask for it.
    tellFailure(error, {json: this.jsonEnabled() || this.argv.includes('--json'), help, example: this.firstExample()})
  }
}

function withNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}

/** oclif leaves a switch that wasn't given out, whatever its types say; in JSON a key would be missing. */
function answerBooleans(known: Interfaces.FlagInput, flags: Record<string, unknown>): void {
  for (const [name, {type}] of Object.entries(known)) if (type === 'boolean') flags[name] ??= false
}

/** `--agent` is every command's that takes an agent, but for those to whom it says something of its own. */
function takesAgent(options: {args?: object; flags?: object} | undefined): boolean {
  return 'agent' in (options?.args ?? {}) && !('agent' in (options?.flags ?? {}))
}

/**
 * Without this, oclif takes what is piped in for a missing argument: under cron, or in a loop over lines. An agent that
 * must be named and isn't is the one whose folder this is.
 */
function readingLine<
  F extends Interfaces.OutputFlags<Interfaces.FlagInput>,
  B extends Interfaces.OutputFlags<Interfaces.FlagInput>,
  A extends Interfaces.OutputArgs<Interfaces.ArgInput>,
>(options: Interfaces.Input<F, B, A>, line: readonly string[]): Interfaces.Input<F, B, A> {
  const args = Object.entries(options.args ?? {}).map(([name, arg]) => {
    const isFound = name === 'agent' && arg.required === true
    return [name, {...arg, ignoreStdin: true, ...(isFound ? {default: agentOfFolder(line)} : {})}]
  })
  // What is handed in is the command's class: what it says itself is copied, what it inherits stays in reach.
  return Object.assign(Object.create(options), options, {args: Object.fromEntries(args)})
}
