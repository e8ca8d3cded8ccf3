import {Args} from '@oclif/core'
import {type AgentRetired, retireAgent} from '../../app/fleet-changes.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentRetired} from '../../present/fleet-changes.js'

export default class FleetRetire extends BaseCommand {
  static override summary = 'Let an agent go: its workspace is kept under retired/, and no beat comes to it.'
  static override examples = ['<%= config.bin %> fleet retire donna']
  static override args = {
    agent: Args.string({required: true, description: 'The agent.'}),
  }

  async run(): Promise<AgentRetired> {
    const {args} = await this.parse(FleetRetire)
    requirePerson(process.env)
    const retired = retireAgent(await this.fleet(), args.agent)
    this.print(presentRetired(retired))
    return retired
  }
}
