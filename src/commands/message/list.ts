import {Args, Flags} from '@oclif/core'
import {listMessages, type MessageList} from '../../app/messages/read-messages.js'
import {findActor} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentMessages} from '../../present/messages.js'

export default class ListMessages extends BaseCommand {
  static override summary = 'List the messages that are unread or unfinished, and who they are really from.'
  static override examples = ['<%= config.bin %> message list', '<%= config.bin %> message list donna --all --json']
  static override args = {
    agent: Args.string({
      description: 'Whose inbox; otherwise the one whose folder this is, or everybody.',
    }),
  }
  static override flags = {
    all: Flags.boolean({description: 'Finished, held and quarantined messages as well.'}),
  }

  async run(): Promise<MessageList> {
    const {args, flags} = await this.parse(ListMessages)
    const fleet = await this.fleet()
    const list = listMessages(fleet, {agent: args.agent, cwd: process.cwd(), all: flags.all}, findActor(fleet))
    this.print(presentMessages(list))
    return list
  }
}
