import {Args, Flags} from '@oclif/core'
import {type Undone, undo} from '../app/history.js'
import {requirePerson} from '../cli/actor.js'
import {BaseCommand} from '../cli/base-command.js'
import {EXIT, UserError} from '../kit/errors.js'
import {parseMoment} from '../kit/moment.js'
import {presentUndone} from '../present/history.js'

export default class Undo extends BaseCommand {
  static override summary = "Take back turns by a new commit: one, several, or an agent's since a moment."
  static override description =
    'History is never rewritten. Logs keep their lines and gain one that says undone; what happened outside the files is listed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> t_01JD',
    '<%= config.bin %> <%= command.id %> donna --since 22:00',
    '<%= config.bin %> <%= command.id %> donna --since 2026-11-20T22:00 --dry-run',
  ]
  static override strict = false
  static override args = {
    target: Args.string({required: true, description: 'Turns or their commits, or an agent together with --since.'}),
  }
  static override flags = {
    since: Flags.string({
      description: 'Every turn of the agent from this moment on; a time of day means today or yesterday.',
      helpValue: 'TIME',
    }),
    'dry-run': Flags.boolean({description: 'Show what would be taken back.'}),
  }

  async run(): Promise<Undone> {
    const {argv, flags} = await this.parse(Undo)
    requirePerson(process.env)
    const fleet = await this.fleet()
    const dryRun = flags['dry-run']
    const targets = argv.map(String)
    const since =
      flags.since === undefined ? null : parseMoment(flags.since, fleet.home.config.timezone, fleet.clock.now())
    const undone = undo(
      fleet,
      since === null ? {turns: insistOnTurns(targets), dryRun} : {agent: insistOnOne(targets), since, dryRun},
    )
    this.print(presentUndone(undone))
    return undone
  }
}

function insistOnTurns(targets: readonly string[]): readonly string[] {
  const agent = targets.find((target) => !/^t_|^[0-9A-HJKMNP-TV-Z]{4,}$/i.test(target))
  if (agent === undefined) return targets
  throw new UserError(`${JSON.stringify(agent)} is no turn.`, {
    code: 'USAGE',
    fix: [`mcos undo ${agent} --since 08:00   # all turns of an agent`, 'mcos history   # the ids of turns'],
    exit: EXIT.usage,
  })
}

function insistOnOne([agent = '', ...more]: readonly string[]): string {
  if (more.length === 0) return agent
  throw new UserError('--since takes one agent.', {
    code: 'USAGE',
    fix: `mcos undo ${agent} --since TIME`,
    exit: EXIT.usage,
  })
}
