import {Args, type Command} from '@oclif/core'
import {BaseCommand} from '../cli/base-command.js'
import {type CommandFacts, completionTree, formatCompletion, SHELLS, type Shell, type Word} from '../cli/completion.js'

/** What `completion --json` answers. */
interface Completion {
  readonly shell: Shell
  readonly script: string
}

export default class CompletionCommand extends BaseCommand {
  static override summary = 'Print the script that lets your shell complete mcos commands.'
  static override examples = [
    {description: 'In ~/.bashrc:', command: 'eval "$(<%= config.bin %> completion bash)"'},
    {
      description: 'For fish:',
      command: '<%= config.bin %> completion fish > ~/.config/fish/completions/<%= config.bin %>.fish',
    },
  ]
  static override args = {
    shell: Args.option({options: SHELLS})({required: true, description: 'The shell it is for.'}),
  }

  async run(): Promise<Completion> {
    const {args} = await this.parse(CompletionCommand)
    const commands = this.config.commands.filter(({hidden}) => hidden !== true).map(commandFacts)
    const topics = this.config.topics.map(({name, description}) => ({word: name, summary: description ?? ''}))
    const script = formatCompletion(args.shell, this.config.bin, completionTree(commands, topics))
    this.print(script)
    return {shell: args.shell, script}
  }
}

function commandFacts({id, summary, flags, args}: Command.Loadable): CommandFacts {
  const [first] = Object.values(args)
  return {
    id,
    summary: summary ?? '',
    flags: Object.values(flags).filter(isOffered).map(flagWord),
    values: first?.options ?? [],
  }
}

function isOffered({hidden}: Command.Flag.Cached): boolean {
  return hidden !== true
}

function flagWord({name, summary, description}: Command.Flag.Cached): Word {
  return {word: `--${name}`, summary: summary ?? description ?? ''}
}
