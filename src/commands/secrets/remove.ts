import {Args} from '@oclif/core'
import {type RemovedSecret, removeSecret} from '../../app/secrets/keep.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentRemovedSecret} from '../../present/secrets.js'

export default class SecretsRemove extends BaseCommand {
  static override summary = 'Take a secret off this machine that was kept here.'
  static override examples = ['<%= config.bin %> <%= command.id %> DONNA_KEY']
  static override args = {name: Args.string({required: true, description: 'As secrets list calls it.'})}

  async run(): Promise<RemovedSecret> {
    const {args} = await this.parse(SecretsRemove)
    requirePerson(process.env)
    const removed = await removeSecret(await this.fleet(), args.name)
    this.print(presentRemovedSecret(removed))
    return removed
  }
}
