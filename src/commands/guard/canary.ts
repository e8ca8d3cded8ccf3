import {Args} from '@oclif/core'
import {type CanaryReport, runCanary} from '../../app/canary/run-canary.js'
import {hostsOf} from '../../app/guard-install/install.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {hostFlags} from '../../cli/host-flags.js'
import {listenForInterruption} from '../../cli/interruption.js'
import {EXIT} from '../../kit/errors.js'
import {presentCanary} from '../../present/guard-canary.js'

export default class GuardCanary extends BaseCommand {
  static override summary = 'Prove for each coding agent, and for git, that what must be denied is denied.'
  static override description =
    "Starts the real programs in an agent's folder, without a login and without a network, against a model of mcos that asks for a harmless forbidden write. Exit 1 when a program that is there carries it out."
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> donna --claude --json',
  ]
  static override args = {
    agent: Args.string({description: 'In whose folder; default: each that has settings of a coding agent.'}),
  }
  static override flags = {...hostFlags}

  async run(): Promise<CanaryReport> {
    const {args, flags} = await this.parse(GuardCanary)
    requirePerson(process.env)
    const {claude, codex, gemini, git} = flags
    const isAll = !(claude || codex || gemini || git)
    const interruption = listenForInterruption()
    const report = await runCanary(await this.fleet(), {
      agent: args.agent ?? null,
      hosts: hostsOf(isAll ? {claude: true, codex: true, gemini: true} : flags),
      git: isAll || git,
      cwd: process.cwd(),
      signal: interruption.signal,
      onTry: (agent) => this.progress(`Trying in the folder of ${agent} …`),
    })
    interruption.stop()
    this.print(presentCanary(report))
    this.endWith(interruption.exitCode() ?? (report.enforced ? EXIT.done : EXIT.failed))
    return report
  }
}
