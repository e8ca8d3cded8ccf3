import {Args, Flags} from '@oclif/core'
import {undoActions} from '../../app/email/actions.js'
import {exitOfActions} from '../../app/email/exits.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {listenForInterruption} from '../../cli/interruption.js'
import {EXIT, UserError} from '../../kit/errors.js'
import {parseMoment} from '../../kit/moment.js'
import type {ActionsReport} from '../../mail/report.js'
import {presentActions} from '../../present/email.js'

export default class EmailUndo extends BaseCommand {
  static override summary = 'Take back what was done with mails: labels, flags, places and drafts.'
  static override description =
    'Only what mcos has changed is changed back: what was so before stays, and a draft that a person has worked on is left alone. The records keep every line and gain one that says undone.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> m_7k3f',
    '<%= config.bin %> <%= command.id %> --since 22:00',
    '<%= config.bin %> <%= command.id %> --since 2026-11-20T22:00 --json',
  ]
  static override strict = false
  static override args = {id: Args.string({description: 'Mails, by the beginnings of their ids.'})}
  static override flags = {
    since: Flags.string({
      description: 'Every action from this moment on; a time of day means today or yesterday.',
      helpValue: 'TIME',
    }),
  }

  async run(): Promise<ActionsReport> {
    const {argv, flags} = await this.parse(EmailUndo)
    requirePerson(process.env)
    const ids = argv.map(String)
    if (ids.length > 0 === (flags.since !== undefined)) throw oneOfBoth()
    const fleet = await this.fleet()
    const since =
      flags.since === undefined ? null : parseMoment(flags.since, fleet.home.config.timezone, fleet.clock.now())
    const interruption = listenForInterruption()
    const watch = {signal: interruption.signal, notice: (text: string) => this.progress(text)}
    const report = await undoActions(fleet, {ids, since}, {watch, actor: {kind: 'person'}})
    interruption.stop()
    this.print(presentActions(report))
    this.endWith(interruption.exitCode() ?? exitOfActions(report))
    return report
  }
}

function oneOfBoth(): UserError {
  return new UserError('Either mails are named, or a moment with --since.', {
    code: 'USAGE',
    fix: ['mcos email undo m_7k3f', 'mcos email undo --since 22:00'],
    exit: EXIT.usage,
  })
}
