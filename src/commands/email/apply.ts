import {Args} from '@oclif/core'
import {applyActions} from '../../app/email/actions.js'
import {exitOfActions} from '../../app/email/exits.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {listenForInterruption} from '../../cli/interruption.js'
import type {ActionsReport} from '../../mail/report.js'
import {presentActions} from '../../present/email.js'

export default class EmailApply extends BaseCommand {
  static override summary = 'Do what a triage has proposed: label, flag, move, mark as read, draft.'
  static override description =
    'Each action is written down with what it takes to put it back. The stop file is read before each of them. There is no code that sends or removes for good.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> m_7k3f',
    '<%= config.bin %> <%= command.id %> --json',
  ]
  static override strict = false
  static override args = {
    id: Args.string({description: 'Mails, by the beginnings of their ids; otherwise all proposals.'}),
  }

  async run(): Promise<ActionsReport> {
    const {argv} = await this.parse(EmailApply)
    requirePerson(process.env)
    const fleet = await this.fleet()
    const interruption = listenForInterruption()
    const watch = {signal: interruption.signal, notice: (text: string) => this.progress(text)}
    const report = await applyActions(fleet, {ids: argv.map(String)}, {watch, actor: {kind: 'person'}})
    interruption.stop()
    this.print(presentActions(report))
    this.endWith(interruption.exitCode() ?? exitOfActions(report))
    return report
  }
}
