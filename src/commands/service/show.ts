import {type ServiceReport, showSchedules} from '../../app/schedules/show.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentService} from '../../present/service.js'

export default class ServiceShow extends BaseCommand {
  static override summary = 'Show what starts heartbeats of this fleet on this machine, and when next.'
  static override description =
    'Also lines that a person wrote into a crontab. "out of date" says that install would write something else now: after an update of Node or mcos, say.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']

  async run(): Promise<ServiceReport> {
    await this.parse(ServiceShow)
    const report = await showSchedules(await this.fleet())
    this.print(presentService(report))
    return report
  }
}
