import {Args} from '@oclif/core'
import {type GuardListReport, listGuards} from '../../app/guard-list.js'
import {BaseCommand} from '../../cli/base-command.js'
import {EXIT} from '../../kit/errors.js'
import {presentGuardList} from '../../present/guard-list.js'

export default class GuardList extends BaseCommand {
  static override summary = 'What is enforced, what is advice, and what a contract opens, with file and line.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> donna',
    '<%= config.bin %> <%= command.id %> donna --json',
  ]
  static override args = {agent: Args.string({description: 'Whose contract is shown as well.'})}

  async run(): Promise<GuardListReport> {
    const {args} = await this.parse(GuardList)
    const report = await listGuards(await this.fleet(), args.agent ?? null)
    this.print(presentGuardList(report))
    this.endWith(report.trouble === null ? EXIT.done : EXIT.refused)
    return report
  }
}
