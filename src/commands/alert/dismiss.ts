import {Args, Flags} from '@oclif/core'
import type {AnsweredAlert} from '../../app/alerts/answer.js'
import {answerAlertAtTerminal, answerAlertFlags} from '../../cli/alert-at-terminal.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentAnswered} from '../../present/alerts.js'

export default class AlertDismiss extends BaseCommand {
  static override summary = 'Dismiss an alert: it is no alarm, and why.'
  static override description =
    'Who may confirm its level may dismiss it, and its raiser as long as it is only a claim.'
  static override examples = ['<%= config.bin %> alert dismiss 01KAJ --why "the page was a cached one"']
  static override args = {id: Args.string({required: true, description: 'The beginning of its id.'})}
  static override flags = {
    ...answerAlertFlags,
    why: Flags.string({required: true, description: 'Why it is none, for whoever raised it.'}),
  }

  async run(): Promise<AnsweredAlert> {
    const {args, flags} = await this.parse(AlertDismiss)
    const answered = await answerAlertAtTerminal(await this.fleet(), {...flags, id: args.id, kind: 'dismiss'})
    this.print(presentAnswered(answered))
    return answered
  }
}
