import {Args, Flags} from '@oclif/core'
import {exitOfTriage} from '../../app/email/exits.js'
import {triageMail} from '../../app/email/triage.js'
import {findActor, requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {listenForInterruption} from '../../cli/interruption.js'
import type {TriageReport} from '../../mail/report.js'
import {presentTriage} from '../../present/email.js'

export default class EmailTriage extends BaseCommand {
  static override summary = 'Read new mail once: what each is and why, whom it concerns, what to do.'
  static override description =
    "Signals and your rules in MAIL.md judge first, then a model where the route `triage` has one: it has no tools and can only choose among fixed answers. What the agent's contract allows is done; the rest is proposed, and --apply does that, too. Nothing is ever sent or removed for good."
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> home work --no-model',
    '<%= config.bin %> <%= command.id %> --apply --json',
  ]
  static override strict = false
  static override args = {account: Args.string({description: 'Accounts of mcos.yaml; otherwise all.'})}
  static override flags = {
    apply: Flags.boolean({description: 'Do what is proposed, also beyond the contract.'}),
    model: Flags.boolean({default: true, allowNo: true, description: 'Ask a model where rules are not certain.'}),
  }

  async run(): Promise<TriageReport> {
    const {argv, flags} = await this.parse(EmailTriage)
    if (flags.apply) requirePerson(process.env)
    const fleet = await this.fleet()
    const actor = findActor(fleet)
    const interruption = listenForInterruption()
    const watch = {signal: interruption.signal, notice: (text: string) => this.progress(text)}
    const request = {accounts: argv.map(String), apply: flags.apply, model: flags.model}
    const report = await triageMail(fleet, request, {watch, actor})
    interruption.stop()
    this.print(presentTriage(report))
    this.endWith(interruption.exitCode() ?? exitOfTriage(report))
    return report
  }
}
