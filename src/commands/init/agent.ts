import {Args, Flags} from '@oclif/core'
import {type AgentMade, initAgent} from '../../app/init.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentAgentMade} from '../../present/init.js'

export default class InitAgent extends BaseCommand {
  static override summary = 'Add an agent: a workspace from a template, its keys, one commit.'
  static override description = 'Where there is no fleet yet, the current folder becomes its home first.'
  static override examples = [
    '<%= config.bin %> init agent donna --template comms',
    '<%= config.bin %> init agent scout --role "Market research" --reports-to jarvis',
  ]
  static override args = {
    name: Args.string({required: true, description: 'a-z, 0-9 and "-", at most 40.'}),
  }
  static override flags = {
    template: Flags.string({
      description: 'Whose texts it starts from.',
      options: ['blank', 'orchestrator', 'comms', 'operations', 'security', 'engineer'],
      default: 'blank',
    }),
    role: Flags.string({description: 'What it does, in a few words; otherwise the word of its template.'}),
    'reports-to': Flags.string({description: 'Who hears of what it must not decide alone.', helpValue: 'AGENT'}),
  }

  async run(): Promise<AgentMade> {
    const {args, flags} = await this.parse(InitAgent)
    requirePerson(process.env)
    const made = await initAgent(
      {
        home: flags.home,
        name: args.name,
        template: flags.template,
        role: flags.role,
        reportsTo: flags['reports-to'],
      },
      {cwd: process.cwd(), env: process.env},
    )
    this.print(presentAgentMade(made))
    return made
  }
}
