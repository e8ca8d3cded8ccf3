import {Args} from '@oclif/core'
import {type ShownApproval, showApproval} from '../../app/approvals/list.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentApproval} from '../../present/approvals.js'

export default class ApproveShow extends BaseCommand {
  static override summary = 'Show one approval whole: the exact call, until when, and where it stands.'
  static override examples = ['<%= config.bin %> approve show 01KAJ', '<%= config.bin %> approve show 01KAJ --json']
  static override args = {id: Args.string({required: true, description: 'The beginning of its id.'})}

  async run(): Promise<ShownApproval> {
    const {args} = await this.parse(ApproveShow)
    const shown = await showApproval(await this.fleet(), args.id)
    this.print(presentApproval(shown))
    return shown
  }
}
