import {Args, Flags} from '@oclif/core'
import {type ContextReport, contextOf} from '../app/context.js'
import {BaseCommand} from '../cli/base-command.js'
import {presentContext} from '../present/context.js'

export default class Context extends BaseCommand {
  static override summary = 'Show exactly what the model would be sent, part by part, with sizes.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> donna',
    '<%= config.bin %> <%= command.id %> donna --for "Draft the answer to Ms Bell"',
    '<%= config.bin %> <%= command.id %> donna --text | less',
  ]
  static override args = {agent: Args.string({required: true, description: 'Whose context.'})}
  static override flags = {
    for: Flags.string({
      description: '"heartbeat", or the text of a piece of work.',
      default: 'heartbeat',
      helpValue: 'TEXT',
    }),
    text: Flags.boolean({description: 'Print the bytes themselves and nothing else.'}),
  }

  async run(): Promise<ContextReport> {
    const {args, flags} = await this.parse(Context)
    const report = await contextOf(await this.fleet(), args.agent, {purpose: flags.for})
    this.print(flags.text ? report.text : presentContext(report))
    return report
  }
}
