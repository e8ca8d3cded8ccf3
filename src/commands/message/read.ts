import {Args, Flags} from '@oclif/core'
import {readMessage, type ShownMessage} from '../../app/messages/read-messages.js'
import {findActor} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentMessage} from '../../present/messages.js'

export default class MessageRead extends BaseCommand {
  static override summary = 'Show one message, and who it is really from.'
  static override description =
    "Looking at an agent's mail doesn't take it away: it stays unread for its owner. With --take it counts as read; a held message is let through so, and one that isn't what it claims to be goes into quarantine."
  static override examples = ['<%= config.bin %> message read 01K9', '<%= config.bin %> message read 01K9 --take']
  static override args = {
    id: Args.string({required: true, description: 'The beginning of its id.'}),
  }
  static override flags = {
    agent: Flags.string({description: 'In whose inbox it lies.', helpValue: 'AGENT'}),
    take: Flags.boolean({description: 'Mark it as read.'}),
  }

  async run(): Promise<ShownMessage> {
    const {args, flags} = await this.parse(MessageRead)
    const fleet = await this.fleet()
    const message = await readMessage(fleet, {...flags, id: args.id}, findActor(fleet))
    this.print(presentMessage(message))
    return message
  }
}
