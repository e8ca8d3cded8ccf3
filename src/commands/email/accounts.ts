import {listAccounts} from '../../app/email/accounts.js'
import {findActor} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import type {AccountsReport} from '../../mail/report.js'
import {presentAccounts} from '../../present/email-accounts.js'

export default class EmailAccounts extends BaseCommand {
  static override summary = 'The mail accounts: whose they are, when last read, and what is wrong.'
  static override description =
    "What this machine and the agents' records know, without any network. An agent sees its own accounts."
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']

  async run(): Promise<AccountsReport> {
    await this.parse(EmailAccounts)
    const fleet = await this.fleet()
    const report = listAccounts(fleet, findActor(fleet))
    this.print(presentAccounts(report))
    return report
  }
}
