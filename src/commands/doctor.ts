import {Flags} from '@oclif/core'
import {applyRepairs, type Repaired} from '../app/doctor/apply-repairs.js'
import {type DoctorReport, examine, planRepairs} from '../app/doctor.js'
import {openAnyway} from '../app/open-anyway.js'
import {requirePerson} from '../cli/actor.js'
import {BaseCommand} from '../cli/base-command.js'
import {confirm} from '../cli/confirm.js'
import {EXIT} from '../kit/errors.js'
import {presentDoctor, presentPlan, presentRepaired} from '../present/doctor.js'
import type {Fleet} from '../workspace/fleet.js'

/** With `--fix`, what was done comes along; with `--fix --dry-run`, what would be. */
export type DoctorAnswer = DoctorReport & {readonly repaired?: Repaired | null; readonly plan?: readonly string[]}

export default class Doctor extends BaseCommand {
  static override summary = 'Check the fleet and this machine, and say what mends each thing that is wrong.'
  static override description =
    'Nothing is changed without --fix. What --fix does is shown first, kept under .mcos/backup/, and made as one commit that mcos undo takes back.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --grade --json',
    '<%= config.bin %> <%= command.id %> --fix --dry-run',
    '<%= config.bin %> <%= command.id %> --fix --yes',
  ]
  static override flags = {
    grade: Flags.boolean({description: 'Show every check and the mark it comes to; exit 1 when one fails, for CI.'}),
    fix: Flags.boolean({description: 'Mend what can be mended without a decision of yours.'}),
    'dry-run': Flags.boolean({
      description: 'Show what --fix would mend and change nothing; exit 1 when something would still fail.',
      dependsOn: ['fix'],
      exclusive: ['yes'],
    }),
    yes: Flags.boolean({char: 'y', description: 'Mend without being asked.', dependsOn: ['fix']}),
  }

  async run(): Promise<DoctorAnswer> {
    const {flags} = await this.parse(Doctor)
    if (flags.fix) requirePerson(process.env)
    const opened = await openAnyway({home: flags.home, cwd: process.cwd(), env: process.env})
    const before = await examine(opened)
    if (flags['dry-run']) return this.rehearse(opened.fleet, before)
    const repaired = flags.fix ? await this.mend(opened.fleet, before, flags.yes) : null
    const report = repaired ? await examine(opened) : before
    this.print(presentDoctor(report, {isGraded: flags.grade}))
    this.endWith(report.checks.some(({status}) => status === 'fail') ? EXIT.failed : EXIT.done)
    return flags.fix ? {...report, repaired} : report
  }

  /** What fails and is not in the plan would fail after it, too. */
  private async rehearse(fleet: Fleet, report: DoctorReport): Promise<DoctorAnswer> {
    const plan = await planRepairs(fleet, report)
    this.print(presentPlan(plan))
    const left = report.checks.flatMap(({findings}) => findings).filter(({fixable}) => !fixable)
    this.endWith(left.some(({status}) => status === 'fail') ? EXIT.failed : EXIT.done)
    return {...report, plan: plan.map(({what}) => what)}
  }

  /** Shows the plan, asks unless that was answered, and does it; null when nothing was done. */
  private async mend(fleet: Fleet, report: DoctorReport, isAgreed: boolean): Promise<Repaired | null> {
    const plan = await planRepairs(fleet, report)
    this.print(presentPlan(plan))
    if (plan.length === 0) return null
    if (!isAgreed && (this.jsonEnabled() || !(await confirm('Mend these?')))) {
      this.note('Nothing was mended: mcos doctor --fix --yes')
      return null
    }
    const repaired = applyRepairs(fleet, plan)
    this.print(presentRepaired(repaired))
    return repaired
  }
}
