import {Args} from '@oclif/core'
import {type ParkState, wakeAgents} from '../../app/park.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentParks} from '../../present/park.js'

/** Each agent that was named, in that order. */
export interface FleetWoken {
  readonly agents: readonly ParkState[]
}

export default class FleetWake extends BaseCommand {
  static override summary = 'Wake agents that were parked: their next beat meets what has waited.'
  static override examples = ['<%= config.bin %> <%= command.id %> donna']
  static override strict = false
  static override args = {agent: Args.string({required: true, description: 'The agents, one or more.'})}

  async run(): Promise<FleetWoken> {
    const {argv} = await this.parse(FleetWake)
    requirePerson(process.env)
    const agents = wakeAgents(await this.fleet(), argv.map(String))
    this.print(presentParks(agents))
    return {agents}
  }
}
