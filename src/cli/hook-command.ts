import {readFileSync} from 'node:fs'
import {Command} from '@oclif/core'
import type {HookAnswer} from '../app/hook/event.js'

/** What the hooks of coding agents have in common: JSON on stdin, and exit 0 or 2 whatever happens. */
export abstract class HookCommand extends Command {
  static override strict = false

  protected abstract answer(input: string): Promise<HookAnswer>

  async run(): Promise<void> {
    const {exit, stdout, stderr} = await this.answer(readFileSync(0, 'utf8'))
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
