import {Args, Flags} from '@oclif/core'
import {applyPlan, type ServiceChange} from '../../app/schedules/apply.js'
import {planRemove, planRemoveGone} from '../../app/schedules/plan-remove.js'
import {scheduleSite} from '../../app/schedules/site.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {kindsOf, scheduleFlags} from '../../cli/schedule-flags.js'
import {EXIT, UserError} from '../../kit/errors.js'
import {presentRemoved} from '../../present/service.js'
import {parseAgentName} from '../../workspace/names.js'

export default class ServiceRemove extends BaseCommand {
  static override summary = 'Take away what service install has written, and nothing else.'
  static override description =
    "Without an agent all of this fleet's schedules go. Lines that a person wrote stay; service show names them, and what was left behind by a fleet that has moved or is gone, which goes with --gone."
  static override examples = [
    '<%= config.bin %> <%= command.id %> --dry-run',
    '<%= config.bin %> <%= command.id %> --cron',
    '<%= config.bin %> <%= command.id %> donna',
    '<%= config.bin %> <%= command.id %> --gone --dry-run',
  ]
  static override args = {agent: Args.string({description: 'Only the schedule of this agent.'})}
  static override flags = {
    ...scheduleFlags,
    gone: Flags.boolean({description: 'What was written for fleets that are no longer there.'}),
    'dry-run': Flags.boolean({description: 'Show what would go and change nothing.'}),
  }

  async run(): Promise<ServiceChange> {
    const {args, flags} = await this.parse(ServiceRemove)
    requirePerson(process.env)
    const fleet = await this.fleet()
    const site = scheduleSite(fleet)
    const named = kindsOf(flags)
    const kinds = named.length > 0 ? named : kindsOf({systemd: true, launchd: true, cron: true})
    // An agent that has left the fleet may have left a schedule behind.
    const agent = args.agent === undefined ? null : parseAgentName(args.agent)
    if (flags.gone && agent !== null) throw oneOrOther()
    const plan = flags.gone ? await planRemoveGone({kinds}, site) : await planRemove(fleet, {kinds, agent}, site)
    const change = await applyPlan(site, plan, {dryRun: flags['dry-run'] === true})
    this.print(presentRemoved(change))
    if (change.commands.some(({ok}) => ok === false)) this.endWith(EXIT.failed)
    return change
  }
}

function oneOrOther(): UserError {
  return new UserError('What is gone has no agents any more: --gone takes away all of it.', {
    code: 'USAGE',
    fix: 'mcos service remove --gone',
    exit: EXIT.usage,
  })
}
