import {Args} from '@oclif/core'
import {BaseCommand} from '../cli/base-command.js'

/** What `completion --json` answers: the script and the shell it is for. */
interface Completion {
  readonly shell: string
  readonly script: string
}

export default class CompletionCommand extends BaseCommand {
  static override summary = 'Print a completion script for your shell.'
  static override examples = ['<%= config.bin %> <%= command.id %> bash']
  static override args = {
    shell: Args.string({required: true, options: ['bash', 'zsh', 'fish'], description: 'Which shell it is for.'}),
  }

  async run(): Promise<Completion> {
    const {args} = await this.parse(CompletionCommand)
    this.print(args.shell)
    return {shell: args.shell, script: ''}
  }
}
