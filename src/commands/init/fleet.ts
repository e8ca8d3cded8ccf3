import {Args, Flags} from '@oclif/core'
import {type FleetMade, initFleet} from '../../app/init.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentFleetMade} from '../../present/init.js'

export default class InitFleet extends BaseCommand {
  static override summary = 'Make a fleet: a git repository with mcos.yaml, guardrails, keys and agents.'
  static override examples = [
    '<%= config.bin %> init fleet my-fleet',
    '<%= config.bin %> init fleet my-fleet --template mission-control',
    '<%= config.bin %> init fleet northwind --template northwind   # the sample, to play with',
  ]
  static override args = {
    dir: Args.string({description: 'Where; the current folder when left out. It is made when it is not there.'}),
  }
  static override flags = {
    template: Flags.string({
      description: 'solo: one agent; mission-control: five with one in charge; northwind: the sample fleet.',
      options: ['solo', 'mission-control', 'northwind'],
      default: 'solo',
    }),
    name: Flags.string({description: "The fleet's name; otherwise its folder's."}),
    person: Flags.string({description: 'Your name in the fleet; otherwise your login.'}),
  }

  async run(): Promise<FleetMade> {
    const {args, flags} = await this.parse(InitFleet)
    requirePerson(process.env)
    const made = await initFleet(
      {dir: args.dir, template: flags.template, name: flags.name, person: flags.person},
      {cwd: process.cwd(), env: process.env},
    )
    this.print(presentFleetMade(made, process.cwd()))
    return made
  }
}
