import {Args, Flags} from '@oclif/core'
import {type ClearedWorkstate, clearWorkstate} from '../../app/workstate.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {withFlag} from '../../cli/with-flag.js'
import {presentCleared} from '../../present/workstate.js'

export default class WorkstateClear extends BaseCommand {
  static override summary = "Put an agent's state into the day's log; standing instructions stay."
  static override examples = [
    '<%= config.bin %> workstate clear donna',
    '<%= config.bin %> workstate clear donna --with ada --all',
  ]
  static override args = {agent: Args.string({required: true, description: 'Whose state.'})}
  static override flags = {
    ...withFlag,
    all: Flags.boolean({description: 'Lift the standing instructions in it too.'}),
  }

  async run(): Promise<ClearedWorkstate> {
    const {args, flags} = await this.parse(WorkstateClear)
    requirePerson(process.env)
    const cleared = await clearWorkstate(await this.fleet(), {...args, ...flags})
    this.print(presentCleared(cleared))
    return cleared
  }
}
