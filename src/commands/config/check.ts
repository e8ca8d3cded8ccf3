import {type ConfigCheck as Check, checkConfig} from '../../app/config.js'
import {BaseCommand} from '../../cli/base-command.js'
import {EXIT} from '../../kit/errors.js'
import {presentConfigCheck} from '../../present/config.js'

export default class ConfigCheck extends BaseCommand {
  static override summary = 'Read mcos.yaml, each SOUL.md and HEARTBEAT.md, and say what is wrong or guessed.'
  static override examples = ['<%= config.bin %> <%= command.id %>']

  async run(): Promise<Check> {
    await this.parse(ConfigCheck)
    const check = checkConfig(await this.fleet())
    this.print(presentConfigCheck(check))
    this.endWith(check.ok ? EXIT.done : EXIT.usage)
    return check
  }
}
