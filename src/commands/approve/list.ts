import {Args, Flags} from '@oclif/core'
import {type ApprovalList, listApprovals} from '../../app/approvals/list.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentApprovals} from '../../present/approvals.js'

export default class ApproveList extends BaseCommand {
  static override summary = 'List what waits for a yes, and what was approved and is not done yet.'
  static override examples = [
    '<%= config.bin %> approve list',
    '<%= config.bin %> approve list donna --all',
    '<%= config.bin %> approve list --json',
  ]
  static override args = {agent: Args.string({description: "Whose; otherwise everybody's."})}
  static override flags = {all: Flags.boolean({description: 'Also what was answered, done, expired or void.'})}

  async run(): Promise<ApprovalList> {
    const {args, flags} = await this.parse(ApproveList)
    const list = await listApprovals(await this.fleet(), {agent: args.agent, all: flags.all})
    this.print(presentApprovals(list))
    return list
  }
}
