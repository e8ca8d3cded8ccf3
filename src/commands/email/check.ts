import {Args} from '@oclif/core'
import {checkAccounts} from '../../app/email/check.js'
import {findActor} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {listenForInterruption} from '../../cli/interruption.js'
import {EXIT} from '../../kit/errors.js'
import type {CheckReport} from '../../mail/report.js'
import {presentCheck} from '../../present/email-accounts.js'

export default class EmailCheck extends BaseCommand {
  static override summary = 'Open mail accounts and count what is in them, or say what keeps them shut.'
  static override description =
    'All of them side by side, each within its own time. Nothing is read, marked or changed, and what is new stays new. An account that was left alone after a refused password is tried again at the next beat once it opens here.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> home work',
    '<%= config.bin %> <%= command.id %> work --json',
  ]
  static override strict = false
  static override args = {account: Args.string({description: 'Accounts of mcos.yaml; otherwise all.'})}

  async run(): Promise<CheckReport> {
    const {argv} = await this.parse(EmailCheck)
    const fleet = await this.fleet()
    const actor = findActor(fleet)
    const interruption = listenForInterruption()
    const report = await checkAccounts(fleet, {names: argv.map(String), signal: interruption.signal}, actor)
    interruption.stop()
    this.print(presentCheck(report))
    const isWell = report.accounts.every(({state}) => state === 'ok')
    this.endWith(interruption.exitCode() ?? (isWell ? EXIT.done : EXIT.failed))
    return report
  }
}
