import {type KeptSecrets, listSecrets} from '../../app/secrets/keep.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentKeptList} from '../../present/secrets.js'

export default class SecretsList extends BaseCommand {
  static override summary = 'The secrets this machine keeps: names, since when, and who refers to them.'
  static override examples = ['<%= config.bin %> <%= command.id %>']

  async run(): Promise<KeptSecrets> {
    await this.parse(SecretsList)
    const kept = await listSecrets(await this.fleet())
    this.print(presentKeptList(kept))
    return kept
  }
}
