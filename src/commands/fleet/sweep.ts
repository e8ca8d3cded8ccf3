import {Flags} from '@oclif/core'
import {type SweepReport, sweepFleet} from '../../app/sweep/sweep-fleet.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentSweep} from '../../present/sweep.js'

export default class FleetSweep extends BaseCommand {
  static override summary = 'Clear away what is past its age, and what killed processes have left.'
  static override description =
    'Receipts past 90 days go once usage/ has what they spent; transcripts past their 90 days, old backups, locks, stages and half-written files whose process is gone follow, and git packs its objects where they have piled up. Beats may run beside it.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --dry-run',
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --gc --json',
  ]
  static override flags = {
    'dry-run': Flags.boolean({description: 'Show what would be cleared away and why; change nothing.'}),
    gc: Flags.boolean({description: "Pack git's objects, whether they have piled up or not."}),
  }

  async run(): Promise<SweepReport> {
    const {flags} = await this.parse(FleetSweep)
    requirePerson(process.env)
    const report = await sweepFleet(await this.fleet(), {isDryRun: flags['dry-run'], isGcForced: flags.gc})
    this.print(presentSweep(report))
    this.endWith(report.kept.length > 0 ? 1 : 0)
    return report
  }
}
