import {Args} from '@oclif/core'
import {type AgentRenamed, renameAgent} from '../../app/fleet-changes.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentRenamed} from '../../present/fleet-changes.js'

export default class FleetRename extends BaseCommand {
  static override summary = 'Give an agent another name: folder, mcos.yaml, contracts and key, in one commit.'
  static override examples = ['<%= config.bin %> fleet rename donna iris']
  static override args = {
    old: Args.string({required: true, description: 'The agent as it is called now.'}),
    new: Args.string({required: true, description: 'a-z, 0-9 and "-", at most 40.'}),
  }

  async run(): Promise<AgentRenamed> {
    const {args} = await this.parse(FleetRename)
    requirePerson(process.env)
    const renamed = renameAgent(await this.fleet(), {from: args.old, to: args.new})
    this.print(presentRenamed(renamed))
    return renamed
  }
}
