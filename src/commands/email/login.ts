import {Args} from '@oclif/core'
import {logIn, type MailLogin} from '../../app/email/login.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {listenForInterruption} from '../../cli/interruption.js'
import {presentLogin} from '../../present/email-accounts.js'

export default class EmailLogin extends BaseCommand {
  static override summary = 'Log in to a mail account with a code that you type on any device with a browser.'
  static override description =
    'Shows an address and a code, waits, and says who is logged in; no browser and no terminal is needed here. The login is kept on this machine and renewed by itself. Accounts with a password or a secret need none, and are told so.'
  static override examples = ['<%= config.bin %> <%= command.id %> work']
  static override args = {account: Args.string({required: true, description: 'The account, as mcos.yaml calls it.'})}

  async run(): Promise<MailLogin> {
    const {args} = await this.parse(EmailLogin)
    requirePerson(process.env)
    const fleet = await this.fleet()
    const interruption = listenForInterruption()
    const site = {signal: interruption.signal, show: (line: string) => this.note(line)}
    const login = await logIn(fleet, args.account, site)
    interruption.stop()
    this.print(presentLogin(login))
    this.endWith(interruption.exitCode() ?? 0)
    return login
  }
}
