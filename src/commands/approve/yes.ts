import {Args} from '@oclif/core'
import type {AnsweredApproval} from '../../app/approvals/answer.js'
import {answerAtTerminal, answerFlags} from '../../cli/answer-at-terminal.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentAnswered} from '../../present/approvals.js'

export default class ApproveYes extends BaseCommand {
  static override summary = 'Approve what an agent asked for: exactly this call, once.'
  static override description =
    'Shows verb, target and all arguments on the terminal, and asks there for the passphrase of the person. Nothing that runs for an agent can answer.'
  static override examples = [
    '<%= config.bin %> approve yes 01KAJ',
    '<%= config.bin %> approve yes 01KAJ --why "as agreed"',
  ]
  static override args = {id: Args.string({required: true, description: 'The beginning of its id.'})}
  static override flags = answerFlags

  async run(): Promise<AnsweredApproval> {
    const {args, flags} = await this.parse(ApproveYes)
    const answered = await answerAtTerminal(() => this.fleet(), {...flags, id: args.id, answer: 'yes'})
    this.print(presentAnswered(answered))
    return answered
  }
}
