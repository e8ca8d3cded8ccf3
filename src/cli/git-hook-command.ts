import {readFileSync} from 'node:fs'
import {Command, Flags} from '@oclif/core'
import type {HookCall, HookWord} from '../app/git-hooks/site.js'
import {clean} from '../kit/text.js'
import {describeFailure, presentFailure} from './failure.js'

/** What the hooks of git have in common: git's own arguments, words on stderr, and exit 1 for a no. */
export abstract class GitHookCommand extends Command {
  static override strict = false
  static override hidden = true
  static override flags = {
    home: Flags.string({description: 'The fleet home that this was installed for.', helpValue: 'DIR'}),
  }

  /** Whether git hands it something on the standard input. */
  protected readsInput = false

  protected abstract answer(call: HookCall): Promise<HookWord>

  async run(): Promise<void> {
    const {flags, argv} = await this.parse(GitHookCommand)
    const {isRefused, lines} = await this.answer({
      home: flags.home ?? null,
      cwd: process.cwd(),
      env: process.env,
      args: argv.map(String),
      stdin: this.readsInput ? readFileSync(0, 'utf8') : '',
    })
    if (lines.length > 0) process.stderr.write(`mcos: ${lines.map(clean).join('\n      ')}\n`)
    if (isRefused) process.exitCode = 1
  }

  /** What can't be judged is not committed. */
  protected override async catch(error: Error): Promise<void> {
    process.stderr.write(`mcos: ${presentFailure(describeFailure(error, 'mcos hook --help'))}`)
    process.exitCode = 1
  }
}
