import {Args} from '@oclif/core'
import {type ShownMemory, showMemory} from '../../app/memory.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentMemory} from '../../present/memory.js'

export default class MemoryShow extends BaseCommand {
  static override summary = "Show an agent's curated memory."
  static override examples = ['<%= config.bin %> memory show donna', '<%= config.bin %> memory show donna --json']
  static override args = {
    agent: Args.string({required: true, description: 'Whose memory.'}),
  }

  async run(): Promise<ShownMemory> {
    const {args} = await this.parse(MemoryShow)
    const memory = showMemory(await this.fleet(), args.agent)
    this.print(presentMemory(memory))
    return memory
  }
}
