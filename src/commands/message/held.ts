import {Args} from '@oclif/core'
import {listHeld, type MessageList} from '../../app/messages/read-messages.js'
import {findActor} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentHeld} from '../../present/messages.js'

export default class MessageHeld extends BaseCommand {
  static override summary = 'List the messages that wait for a person, and why.'
  static override description = 'Held ones, and those that nobody may believe.'
  static override examples = [
    '<%= config.bin %> message held',
    '<%= config.bin %> message held donna --json',
    '<%= config.bin %> message read 01K9 --take',
  ]
  static override args = {
    agent: Args.string({
      description: 'Whose inbox; otherwise the one whose folder this is, or everybody.',
    }),
  }

  async run(): Promise<MessageList> {
    const {args} = await this.parse(MessageHeld)
    const fleet = await this.fleet()
    const held = listHeld(fleet, {agent: args.agent, cwd: process.cwd()}, findActor(fleet))
    this.print(presentHeld(held))
    return held
  }
}
