import {Args, Flags} from '@oclif/core'
import {type StopState, stopFleet} from '../app/stop.js'
import {BaseCommand} from '../cli/base-command.js'
import {presentStop} from '../present/stop.js'

export default class Stop extends BaseCommand {
  static override summary = 'The emergency stop: no probe, no turn and no page before a person resumes.'
  static override description = 'It is a file, read before every effect; it needs no process, and outlives everything.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> donna --why "odd drafts"',
  ]
  static override args = {agent: Args.string({description: 'Stop this agent only; default: the whole fleet.'})}
  static override flags = {why: Flags.string({description: 'For whoever finds it stopped.'})}

  async run(): Promise<StopState> {
    const {args, flags} = await this.parse(Stop)
    const state = stopFleet(await this.fleet(), {agent: args.agent ?? null, why: flags.why ?? null})
    this.print(presentStop(state))
    return state
  }
}
