import {Args} from '@oclif/core'
import type {AnsweredApproval} from '../../app/approvals/answer.js'
import {answerAtTerminal, answerFlags} from '../../cli/answer-at-terminal.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentAnswered} from '../../present/approvals.js'

export default class ApproveNo extends BaseCommand {
  static override summary = 'Refuse what an agent asked for.'
  static override description =
    'Shows verb, target and all arguments on the terminal, and asks there for the passphrase of the person. Nothing that runs for an agent can answer.'
  static override examples = [
    '<%= config.bin %> approve no 01KAJ',
    '<%= config.bin %> approve no 01KAJ --why "as agreed"',
  ]
  static override args = {id: Args.string({required: true, description: 'The beginning of its id.'})}
  static override flags = answerFlags

  async run(): Promise<AnsweredApproval> {
    const {args, flags} = await this.parse(ApproveNo)
    const answered = await answerAtTerminal(() => this.fleet(), {...flags, id: args.id, answer: 'no'})
    this.print(presentAnswered(answered))
    return answered
  }
}
