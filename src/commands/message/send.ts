import {Args, Flags} from '@oclif/core'
import {readMessageText} from '../../app/messages/read-text.js'
import {type SentMessage, sendMessage} from '../../app/messages.js'
import {findActor} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentSent} from '../../present/messages.js'
import {PRIORITIES} from '../../workspace/message-file.js'

export default class MessageSend extends BaseCommand {
  static override summary = 'Send a message to an agent, signed and committed.'
  static override description =
    'A message from your hand is signed with your own key, which is made when you first need it. With --from it is signed as that agent, and the record names you both.'
  static override examples = [
    '<%= config.bin %> message send donna "Please look at the invoice from Acme."',
    '<%= config.bin %> message send jarvis --subject "Night report" --priority high --file report.md',
    'git log --oneline | <%= config.bin %> message send donna --file - --subject "What happened"',
    '<%= config.bin %> message send jarvis "Done." --from donna --re 01K9',
  ]
  static override args = {
    to: Args.string({required: true, description: 'The agent it is for.'}),
    text: Args.string({description: 'What it says; or use --file.'}),
  }
  static override flags = {
    from: Flags.string({description: 'Speak for this agent.', helpValue: 'AGENT'}),
    subject: Flags.string({description: 'One line; otherwise the beginning of the text.'}),
    priority: Flags.option({options: PRIORITIES, description: 'How soon it wants to be read.'})(),
    re: Flags.string({description: 'The message this answers: the beginning of its id.', helpValue: 'ID'}),
    file: Flags.string({description: 'Take the text from a file, or from standard input with -.', helpValue: 'FILE|-'}),
    commit: Flags.boolean({
      default: true,
      allowNo: true,
      description: 'A commit for each message; --no-commit for bulk.',
    }),
  }

  async run(): Promise<SentMessage> {
    const {args, flags} = await this.parse(MessageSend)
    const fleet = await this.fleet()
    const text = readMessageText({text: args.text, file: flags.file}, {cwd: process.cwd(), to: args.to})
    const sent = await sendMessage(fleet, {...flags, to: args.to, text}, findActor(fleet, flags.from))
    this.print(presentSent(sent))
    return sent
  }
}
