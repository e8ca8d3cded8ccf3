import {Args, Flags} from '@oclif/core'
import {type FinishedMessage, finishMessage} from '../../app/messages/read-messages.js'
import {asFlag, findActor} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentFinished} from '../../present/messages.js'

export default class MessageDone extends BaseCommand {
  static override summary = 'Finish a message: out of the inbox, kept under done/.'
  static override examples = ['<%= config.bin %> message done 01K9']
  static override args = {
    id: Args.string({required: true, description: 'The beginning of its id.'}),
  }
  static override flags = {
    ...asFlag,
    agent: Flags.string({description: 'In whose inbox it lies.', helpValue: 'AGENT'}),
  }

  async run(): Promise<FinishedMessage> {
    const {args, flags} = await this.parse(MessageDone)
    const fleet = await this.fleet()
    const finished = await finishMessage(fleet, {id: args.id, agent: flags.agent}, findActor(fleet, flags.as))
    this.print(presentFinished(finished))
    return finished
  }
}
