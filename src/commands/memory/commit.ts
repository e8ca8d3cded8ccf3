import {Args} from '@oclif/core'
import {type CommittedMemory, commitMemory} from '../../app/commit-memory.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentCommitted} from '../../present/memory.js'

export default class MemoryCommit extends BaseCommand {
  static override summary = "Commit what you have changed by hand in an agent's MEMORY.md and daily logs."
  static override examples = ['<%= config.bin %> memory commit donna']
  static override args = {
    agent: Args.string({required: true, description: 'Whose memory.'}),
  }

  async run(): Promise<CommittedMemory> {
    const {args} = await this.parse(MemoryCommit)
    requirePerson(process.env)
    const committed = commitMemory(await this.fleet(), args.agent)
    this.print(presentCommitted(committed))
    return committed
  }
}
