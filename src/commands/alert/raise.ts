import {Args, Flags} from '@oclif/core'
import {type RaisedAlert, raiseAlert} from '../../app/alerts/raise.js'
import {asFlag, findActor} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentRaised} from '../../present/alerts.js'

export default class AlertRaise extends BaseCommand {
  static override summary = 'Raise an alert: P3 is a note, anything above it a claim that others check first.'
  static override description =
    'Above P3 it reaches only who can confirm it, and nobody else is told until then. What speaks of time (expired, stale, 4 h ago, --since) rises only where a live clock agrees with this machine.'
  static override examples = [
    '<%= config.bin %> alert raise P3 "The backup took twice as long"',
    '<%= config.bin %> alert raise P1 "The app is down" --evidence "GET /health answered 503 three times" --since 08:10',
    '<%= config.bin %> alert raise P2 "A key was pushed" --evidence scan.txt --as gene',
  ]
  static override args = {
    level: Args.string({required: true, options: ['P0', 'P1', 'P2', 'P3'], description: 'How bad it is; P0 is worst.'}),
    title: Args.string({required: true, description: 'What is wrong, in one line.'}),
  }
  static override flags = {
    ...asFlag,
    evidence: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      default: [],
      description: 'What was seen and where: a line, or a file; again for more.',
      helpValue: 'F|text',
    }),
    since: Flags.string({description: 'Since when it has been so.', helpValue: 'TIME'}),
  }

  async run(): Promise<RaisedAlert> {
    const {args, flags} = await this.parse(AlertRaise)
    const fleet = await this.fleet()
    const {evidence, since} = flags
    const level = args.level as RaisedAlert['level']
    const typed = {level, title: args.title, evidence, since, cwd: process.cwd(), signal: new AbortController().signal}
    const raised = await raiseAlert(fleet, typed, findActor(fleet, flags.as))
    this.print(presentRaised(raised))
    return raised
  }
}
