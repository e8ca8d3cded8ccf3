import {Args, Flags} from '@oclif/core'
import {type Guarded, hostsOf, installGuard} from '../../app/guard-install/install.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {hostFlags} from '../../cli/host-flags.js'
import {EXIT, UserError} from '../../kit/errors.js'
import {presentGuarded} from '../../present/guard-install.js'

export default class GuardInstall extends BaseCommand {
  static override summary = "Put the guard's hooks into the settings of coding agents and of git."
  static override description =
    "Writes them into each agent's own folder, beside what is there already, and commits that. What can't be read is left alone and told. mcos guard canary then proves that they hold."
  static override examples = [
    '<%= config.bin %> <%= command.id %> --claude --git',
    '<%= config.bin %> <%= command.id %> donna gene --codex --dry-run',
  ]
  static override strict = false
  static override args = {agent: Args.string({description: 'In whose folders; default: every agent of this machine.'})}
  static override flags = {
    ...hostFlags,
    'dry-run': Flags.boolean({description: 'Show what would be written and change nothing.'}),
  }

  async run(): Promise<Guarded> {
    const {argv, flags} = await this.parse(GuardInstall)
    requirePerson(process.env)
    const hosts = hostsOf(flags)
    if (hosts.length === 0 && !flags.git) throw noHost()
    const wish = {agents: argv.map(String), hosts, git: flags.git, dryRun: flags['dry-run']}
    const guarded = await installGuard(await this.fleet(), wish)
    this.print(presentGuarded(guarded, 'install'))
    return guarded
  }
}

function noHost(): UserError {
  return new UserError('Nothing says where the hooks are to go.', {
    code: 'USAGE',
    fix: 'mcos guard install --claude --codex --gemini --git   # any of them',
    exit: EXIT.usage,
  })
}
