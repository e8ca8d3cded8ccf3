import {Args, Flags} from '@oclif/core'
import {type ParkState, parkAgents} from '../../app/park.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentParks} from '../../present/park.js'

/** Each agent that was named, in that order. */
export interface FleetParked {
  readonly agents: readonly ParkState[]
}

export default class FleetPark extends BaseCommand {
  static override summary = 'Lay agents up: no beat comes to them, and what arrives waits in their folders.'
  static override description =
    'It is a file, PARKED.md beside SOUL.md, in a commit that can be taken back; machines that share the fleet see it with that commit. A turn that runs already ends as it would.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> donna',
    '<%= config.bin %> <%= command.id %> donna flow --why "on leave until Monday"',
  ]
  static override strict = false
  static override args = {agent: Args.string({required: true, description: 'The agents, one or more.'})}
  static override flags = {why: Flags.string({description: 'For whoever finds them so.'})}

  async run(): Promise<FleetParked> {
    const {argv, flags} = await this.parse(FleetPark)
    requirePerson(process.env)
    const agents = parkAgents(await this.fleet(), argv.map(String), flags.why ?? null)
    this.print(presentParks(agents))
    return {agents}
  }
}
