import {Args, Flags} from '@oclif/core'
import {applyPlan, type ServiceChange} from '../../app/schedules/apply.js'
import {planInstall} from '../../app/schedules/plan.js'
import {scheduleSite} from '../../app/schedules/site.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {confirm} from '../../cli/confirm.js'
import {kindsOf, scheduleFlags} from '../../cli/schedule-flags.js'
import {parseEvery} from '../../fleet/schedules/every.js'
import {EXIT, UserError} from '../../kit/errors.js'
import {presentInstalled, presentWarnings} from '../../present/service.js'

export default class ServiceInstall extends BaseCommand {
  static override summary = "Let this machine's scheduler start heartbeats: systemd, launchd or cron."
  static override description =
    "One timer beats every agent of this machine, or the one that is named. Without a kind it is launchd on macOS, systemd where your own answers, otherwise cron. Installing again brings what is there up to date; other people's lines and files are never touched."
  static override examples = [
    '<%= config.bin %> <%= command.id %> --dry-run',
    '<%= config.bin %> <%= command.id %> --cron --every 15m',
    '<%= config.bin %> <%= command.id %> donna --systemd --every 5m',
  ]
  static override args = {agent: Args.string({description: 'The one agent to beat; default: every agent.'})}
  static override flags = {
    ...scheduleFlags,
    system: Flags.boolean({
      description: "A unit of the machine's systemd, run as the home's owner; for root to write.",
    }),
    every: Flags.string({description: 'How often, 1m to 24h.', default: '30m', helpValue: 'SPAN'}),
    'dry-run': Flags.boolean({description: 'Show what would be written and run, and change nothing.'}),
    yes: Flags.boolean({char: 'y', description: 'Install in spite of what is warned of.'}),
  }

  async run(): Promise<ServiceChange> {
    const {args, flags} = await this.parse(ServiceInstall)
    requirePerson(process.env)
    const fleet = await this.fleet()
    const [kind = null, ...more] = kindsOf(flags)
    const isUnit = kind === null || kind === 'systemd'
    if (more.length > 0 || (flags.system && !isUnit)) throw oneKind()
    const scope = flags.system ? 'system' : 'user'
    const site = scheduleSite(fleet)
    const wish = {kind: flags.system ? 'systemd' : kind, scope, agent: args.agent ?? null} as const
    const plan = await planInstall(fleet, {...wish, everyMs: parseEvery(flags.every)}, site)
    const dryRun = flags['dry-run'] === true
    if (!dryRun && !flags.yes && plan.warnings.some(({isGrave}) => isGrave)) await this.insist(plan.warnings)
    const change = await applyPlan(site, plan, {dryRun})
    this.print(presentInstalled(change))
    if (change.commands.some(({ok}) => ok === false)) this.endWith(EXIT.failed)
    return change
  }

  /** Beats that fail every half hour, or come twice, are not begun without a person's yes. */
  private async insist(warnings: ServiceChange['warnings']): Promise<void> {
    const isTold = !this.jsonEnabled()
    if (isTold) {
      this.note(presentWarnings(warnings))
      if (await confirm('Install it all the same?')) return
    }
    throw new UserError('Nothing was installed, as beats by themselves would not go well here.', {
      code: 'CONFIRM',
      fix: [...(isTold ? [] : new Set(warnings.map(({fix}) => fix))), 'mcos service install --yes   # all the same'],
    })
  }
}

function oneKind(): UserError {
  return new UserError('A schedule is of one kind: --systemd (with or without --system), --launchd or --cron.', {
    code: 'USAGE',
    fix: 'mcos service install --dry-run',
    exit: EXIT.usage,
  })
}
