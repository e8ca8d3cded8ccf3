import {Args} from '@oclif/core'
import {resumeFleet, type StopState} from '../app/stop.js'
import {requirePerson} from '../cli/actor.js'
import {BaseCommand} from '../cli/base-command.js'
import {presentStop} from '../present/stop.js'

export default class Resume extends BaseCommand {
  static override summary = 'Lift the emergency stop; only a person may.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> donna']
  static override args = {agent: Args.string({description: 'Resume this agent only; default: the whole fleet.'})}

  async run(): Promise<StopState> {
    const {args} = await this.parse(Resume)
    requirePerson(process.env)
    const state = resumeFleet(await this.fleet(), args.agent ?? null)
    this.print(presentStop(state))
    return state
  }
}
