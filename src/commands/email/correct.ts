import {Args, Flags} from '@oclif/core'
import {correctMail} from '../../app/email/correct.js'
import {asFlag, requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import type {CorrectReport} from '../../mail/report.js'
import {CLASSES, type Urgency} from '../../mail/verdict.js'
import {presentCorrection} from '../../present/email-mail.js'

export default class EmailCorrect extends BaseCommand {
  static override summary = 'Say what a mail really is; a rule is learned from it that outranks every model.'
  static override description =
    'The rule is one line under "Learned" in the agent\'s MAIL.md: read it, change it, delete it. Rule, record and page are one commit. Only a person\'s word counts.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> m_7k3f --class newsletter',
    '<%= config.bin %> <%= command.id %> m_7k3f --class urgent --urgency 2',
  ]
  static override args = {id: Args.string({required: true, description: 'The beginning of its id.'})}
  static override flags = {
    ...asFlag,
    class: Flags.option({options: CLASSES, required: true, description: 'What it is.'})(),
    urgency: Flags.option({
      options: ['0', '1', '2', '3'] as const,
      description:
        '3: now; 2: today; 1: when there is time; 0: need not be read. Otherwise what is usual for the class.',
    })(),
  }

  async run(): Promise<CorrectReport> {
    const {args, flags} = await this.parse(EmailCorrect)
    requirePerson(process.env, flags.as)
    const urgency = flags.urgency === undefined ? null : (Number(flags.urgency) as Urgency)
    const report = correctMail(await this.fleet(), {id: args.id, class: flags.class, urgency})
    this.print(presentCorrection(report))
    return report
  }
}
