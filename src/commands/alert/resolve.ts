import {Args} from '@oclif/core'
import type {AnsweredAlert} from '../../app/alerts/answer.js'
import {answerAlertAtTerminal, answerAlertFlags} from '../../cli/alert-at-terminal.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentAnswered} from '../../present/alerts.js'

export default class AlertResolve extends BaseCommand {
  static override summary = 'End a confirmed alert: it is over.'
  static override description = "From then on it stands in nobody's heartbeat."
  static override examples = ['<%= config.bin %> alert resolve 01KAJ --why "green since 09:12"']
  static override args = {id: Args.string({required: true, description: 'The beginning of its id.'})}
  static override flags = {...answerAlertFlags}

  async run(): Promise<AnsweredAlert> {
    const {args, flags} = await this.parse(AlertResolve)
    const answered = await answerAlertAtTerminal(await this.fleet(), {...flags, id: args.id, kind: 'resolve'})
    this.print(presentAnswered(answered))
    return answered
  }
}
