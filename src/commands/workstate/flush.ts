import {Args} from '@oclif/core'
import {flushWorkstate} from '../../app/workstate/flush-workstate.js'
import type {FlushedWorkstate} from '../../app/workstate/write-workstate.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {withFlag} from '../../cli/with-flag.js'
import {presentFlushed} from '../../present/workstate.js'

export default class WorkstateFlush extends BaseCommand {
  static override summary = "Write an agent's state from its last transcript, by code alone, and commit it."
  static override examples = ['<%= config.bin %> workstate flush donna']
  static override args = {agent: Args.string({required: true, description: 'Whose state.'})}
  static override flags = {...withFlag}

  async run(): Promise<FlushedWorkstate> {
    const {args, flags} = await this.parse(WorkstateFlush)
    requirePerson(process.env)
    const flushed = await flushWorkstate(await this.fleet(), {...args, ...flags})
    this.print(presentFlushed(flushed))
    return flushed
  }
}
