import {Args} from '@oclif/core'
import {type ShownWorkstate, showWorkstate} from '../../app/workstate.js'
import {BaseCommand} from '../../cli/base-command.js'
import {withFlag} from '../../cli/with-flag.js'
import {presentWorkstate} from '../../present/workstate.js'

export default class WorkstateShow extends BaseCommand {
  static override summary = 'Show what an agent is in the middle of.'
  static override examples = [
    '<%= config.bin %> workstate show donna',
    '<%= config.bin %> workstate show donna --with ada --json',
  ]
  static override args = {agent: Args.string({required: true, description: 'Whose state.'})}
  static override flags = {...withFlag}

  async run(): Promise<ShownWorkstate> {
    const {args, flags} = await this.parse(WorkstateShow)
    const shown = showWorkstate(await this.fleet(), {...args, ...flags})
    this.print(presentWorkstate(shown))
    return shown
  }
}
