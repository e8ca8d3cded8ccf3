import {Args} from '@oclif/core'
import type {AnsweredAlert} from '../../app/alerts/answer.js'
import {answerAlertAtTerminal, answerAlertFlags} from '../../cli/alert-at-terminal.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentAnswered} from '../../present/alerts.js'

export default class AlertConfirm extends BaseCommand {
  static override summary = 'Confirm an alert that somebody else has raised.'
  static override description =
    "P2 is confirmed by the security agent, P1 by the orchestrator, P0 by the orchestrator and a person; a person may confirm any level. A person's yes to P0 takes their passphrase, typed at a terminal."
  static override examples = ['<%= config.bin %> alert confirm 01KAJ --why "the app answers 503 here, too"']
  static override args = {id: Args.string({required: true, description: 'The beginning of its id.'})}
  static override flags = {...answerAlertFlags}

  async run(): Promise<AnsweredAlert> {
    const {args, flags} = await this.parse(AlertConfirm)
    const answered = await answerAlertAtTerminal(await this.fleet(), {...flags, id: args.id, kind: 'confirm'})
    this.print(presentAnswered(answered))
    return answered
  }
}
