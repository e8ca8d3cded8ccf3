import {Command, Flags} from '@oclif/core'
import {type HookEventName, runHook} from '../app/hook/run-hook.js'
import {homeIn, readInput} from './hook-line.js'

/**
 * What the hooks of coding agents have in common: JSON on stdin, and exit 0 or 2 whatever happens. Here for their help: the
 * events themselves come in through hook-door.ts.
 */
export abstract class HookCommand extends Command {
  static override strict = false
  static override flags = {
    home: Flags.string({
      description: 'The fleet home; without an mcos.yaml there every call is refused.',
      helpValue: 'DIR',
    }),
  }

  protected abstract readonly event: HookEventName

  async run(): Promise<void> {
    const home = homeIn(this.argv)
    if (home === undefined)
      throw new Error(`the hook takes --home DIR and nothing else, and was given ${this.argv.join(' ')}`)
    const {exit, stdout, stderr} = await runHook(this.event, readInput(), {home, env: process.env})
    if (stdout !== '') process.stdout.write(stdout)
    if (stderr !== '') process.stderr.write(stderr)
    process.exitCode = exit
  }

  /** A host takes any other code for a yes. */
  protected override async catch(error: Error): Promise<void> {
    process.stderr.write(`mcos: ${error.message}\n`)
    process.exitCode = 2
  }
}
