import {type ConfigReport, showConfig} from '../../app/config.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentConfig} from '../../present/config.js'

export default class ConfigShow extends BaseCommand {
  static override summary = 'The configuration that holds, and where each value came from.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']

  async run(): Promise<ConfigReport> {
    await this.parse(ConfigShow)
    const report = showConfig(await this.fleet())
    this.print(presentConfig(report))
    return report
  }
}
