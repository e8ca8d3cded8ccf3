import {Args} from '@oclif/core'
import {type ShownAlert, showAlert} from '../../app/alerts/list.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentAlert} from '../../present/alerts.js'

export default class AlertShow extends BaseCommand {
  static override summary = 'Show an alert with all that was said of it, and what of that does not count.'
  static override examples = ['<%= config.bin %> alert show 01KAJ']
  static override args = {id: Args.string({required: true, description: 'The beginning of its id.'})}

  async run(): Promise<ShownAlert> {
    const {args} = await this.parse(AlertShow)
    const shown = await showAlert(await this.fleet(), args.id)
    this.print(presentAlert(shown))
    return shown
  }
}
