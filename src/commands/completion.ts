import {Args, type Command} from '@oclif/core'
import {ENGINE_WORDS} from '../app/start/engine-offer.js'
import {SCHEDULE_CHOICES} from '../app/start/schedule-fleet.js'
import {START_TEMPLATES} from '../app/start/wish.js'
import {USAGE_KEYS} from '../app/usage.js'
import {BaseCommand} from '../cli/base-command.js'
import {formatCompletion, SHELLS, type Shell} from '../cli/completion.js'
import {type CommandFacts, completionTree, type FlagWord, type Slot} from '../cli/completion-tree.js'

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
      description: 'For zsh, behind compinit:',
      command: `echo 'eval "$(<%= config.bin %> completion zsh)"' >> ~/.zshrc`,
    },
    {
      description: 'For fish, which reads that folder by itself:',
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

function commandFacts({id, summary, flags, args, strict}: Command.Loadable): CommandFacts {
  const [first] = Object.values(args)
  return {
    id,
    summary: summary ?? '',
    flags: Object.values(flags)
      .filter(isOffered)
      .map((flag) => flagWord(id, flag)),
    values: first?.options ?? [],
    slot: first === undefined ? null : slotOf(id, first.name),
    isMany: strict === false,
  }
}

/** What an argument's name says of whom it may name. */
function slotOf(id: string, argument: string): Slot | null {
  if (['agent', 'to', 'old'].includes(argument)) return 'agents'
  if (argument === 'target' && id === 'undo') return 'agents'
  if (argument !== 'id') return null
  if (/^approve:(?:yes|no)$/.test(id)) return 'approvals'
  return id.startsWith('alert:') ? 'alerts' : null
}

function isOffered({hidden}: Command.Flag.Cached): boolean {
  return hidden !== true
}

function flagWord(id: string, flag: Command.Flag.Cached): FlagWord {
  return {
    word: `--${flag.name}`,
    summary: flag.summary ?? flag.description ?? '',
    takes: takenBy(flag),
    choices: choicesOf(id, flag),
  }
}

/** Values that are usual where others are taken as well, so that oclif may not refuse them. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  'init --template': START_TEMPLATES,
  'init --engine': ENGINE_WORDS.filter((word) => !word.includes(':')),
  'init --schedule': SCHEDULE_CHOICES,
  'usage --by': USAGE_KEYS,
}

function choicesOf(id: string, flag: Command.Flag.Cached): readonly string[] {
  return flag.type === 'option' ? (flag.options ?? USUAL[`${id} --${flag.name}`] ?? []) : []
}

function takenBy(flag: Command.Flag.Cached): FlagWord['takes'] {
  if (flag.type !== 'option') return 'nothing'
  if (flag.helpValue === 'AGENT') return 'agents'
  return flag.helpValue === 'DIR' ? 'folder' : 'text'
}
