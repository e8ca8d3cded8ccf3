import {Args} from '@oclif/core'
import {type DayLog, logOf} from '../app/log.js'
import {asFlag, findActor} from '../cli/actor.js'
import {BaseCommand} from '../cli/base-command.js'
import {presentLog} from '../present/log.js'

export default class Log extends BaseCommand {
  static override summary = "Show an agent's log of today, or add a line to it."
  static override examples = [
    '<%= config.bin %> log donna',
    '<%= config.bin %> log donna "The bank is closed until Monday."',
  ]
  static override args = {
    agent: Args.string({required: true, description: 'Whose log.'}),
    text: Args.string({description: 'A line to add; without it the log is shown.'}),
  }
  static override flags = asFlag

  async run(): Promise<DayLog> {
    const {args, flags} = await this.parse(Log)
    const fleet = await this.fleet()
    const log = await logOf(fleet, args, findActor(fleet, flags.as))
    this.print(presentLog(log))
    return log
  }
}
