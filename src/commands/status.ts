import {type StatusReport, statusOf} from '../app/status.js'
import {BaseCommand} from '../cli/base-command.js'
import {presentStatus} from '../present/status.js'

export default class Status extends BaseCommand {
  static override summary = 'The fleet at a glance: who did what last, what is next, what waits, what it costs.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']

  async run(): Promise<StatusReport> {
    await this.parse(Status)
    const report = await statusOf(await this.fleet())
    this.print(presentStatus(report))
    return report
  }
}
