import {Args} from '@oclif/core'
import {type ReplayReport, replay} from '../app/replay.js'
import {BaseCommand} from '../cli/base-command.js'
import {EXIT} from '../kit/errors.js'
import {presentReplay} from '../present/replay.js'

export default class Replay extends BaseCommand {
  static override summary = 'Run a turn again on its recorded replies, and tell what differs.'
  static override examples = ['<%= config.bin %> <%= command.id %> t_01JD']
  static override description = 'Nothing is sent or changed.'
  static override args = {turn: Args.string({required: true, description: 'The beginning of a turn id.'})}

  async run(): Promise<ReplayReport> {
    const {args} = await this.parse(Replay)
    const report = await replay(await this.fleet(), args.turn)
    this.print(presentReplay(report))
    if (!report.same) this.endWith(EXIT.failed)
    return report
  }
}
