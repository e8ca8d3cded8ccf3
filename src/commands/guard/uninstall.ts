import {Args, Flags} from '@oclif/core'
import {type Guarded, hostsOf, uninstallGuard} from '../../app/guard-install/install.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {hostFlags} from '../../cli/host-flags.js'
import {presentGuarded} from '../../present/guard-install.js'

export default class GuardUninstall extends BaseCommand {
  static override summary = "Take the guard's hooks out of the settings of coding agents and of git."
  static override description =
    'Takes exactly its own entries. A file that nobody else has changed becomes what it was before, byte for byte, and one that was made for the hooks goes.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> donna --claude --dry-run',
  ]
  static override strict = false
  static override args = {
    agent: Args.string({description: 'Out of whose folders; default: every agent of this machine.'}),
  }
  static override flags = {
    ...hostFlags,
    'dry-run': Flags.boolean({description: 'Show what would be taken out and change nothing.'}),
  }

  async run(): Promise<Guarded> {
    const {argv, flags} = await this.parse(GuardUninstall)
    requirePerson(process.env)
    const {claude, codex, gemini, git} = flags
    const isAll = !(claude || codex || gemini || git)
    const hosts = hostsOf(isAll ? {claude: true, codex: true, gemini: true} : flags)
    const wish = {agents: argv.map(String), hosts, git: isAll || git, dryRun: flags['dry-run']}
    const guarded = await uninstallGuard(await this.fleet(), wish)
    this.print(presentGuarded(guarded, 'uninstall'))
    return guarded
  }
}
