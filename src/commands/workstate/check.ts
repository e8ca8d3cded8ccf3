import {Args} from '@oclif/core'
import {type CheckedWorkstate, checkWorkstateOf} from '../../app/workstate/check-workstate.js'
import {BaseCommand} from '../../cli/base-command.js'
import {withFlag} from '../../cli/with-flag.js'
import {EXIT} from '../../kit/errors.js'
import {presentChecked} from '../../present/workstate.js'

export default class WorkstateCheck extends BaseCommand {
  static override summary = "Check whether a new context could go on from an agent's state."
  static override examples = ['<%= config.bin %> workstate check donna']
  static override description = 'Exit 1 when something is wrong.'
  static override args = {agent: Args.string({required: true, description: 'Whose state.'})}
  static override flags = {...withFlag}

  async run(): Promise<CheckedWorkstate> {
    const {args, flags} = await this.parse(WorkstateCheck)
    const checked = checkWorkstateOf(await this.fleet(), {...args, ...flags})
    this.print(presentChecked(checked))
    if (checked.troubles.length > 0) this.endWith(EXIT.failed)
    return checked
  }
}
