import {Args, Flags} from '@oclif/core'
import {type HistoryList, listHistory} from '../app/history.js'
import {BaseCommand} from '../cli/base-command.js'
import {presentHistory} from '../present/history.js'

export default class History extends BaseCommand {
  static override summary = 'Turns as commits, newest first.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> donna --limit 100',
  ]
  static override args = {agent: Args.string({description: 'Only the turns of this agent.'})}
  static override flags = {
    limit: Flags.integer({char: 'n', description: 'How many at the most.', default: 30, min: 1, max: 100_000}),
  }

  async run(): Promise<HistoryList> {
    const {args, flags} = await this.parse(History)
    const list = listHistory(await this.fleet(), {agent: args.agent ?? null, limit: flags.limit})
    this.print(presentHistory(list))
    return list
  }
}
