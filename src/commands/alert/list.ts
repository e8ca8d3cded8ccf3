import {Flags} from '@oclif/core'
import {type AlertList, listAlerts} from '../../app/alerts/list.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentAlerts} from '../../present/alerts.js'

export default class ListAlerts extends BaseCommand {
  static override summary = 'List the alerts that are open: what is confirmed, and what waits for whom.'
  static override examples = ['<%= config.bin %> alert list', '<%= config.bin %> alert list --all --json']
  static override flags = {
    all: Flags.boolean({description: 'Those that were dismissed or resolved as well.'}),
  }

  async run(): Promise<AlertList> {
    const {flags} = await this.parse(ListAlerts)
    const list = await listAlerts(await this.fleet(), {all: flags.all})
    this.print(presentAlerts(list))
    return list
  }
}
