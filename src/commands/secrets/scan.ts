import {Args, Flags} from '@oclif/core'
import {type SecretsScan, scanSecrets} from '../../app/secrets/scan.js'
import {BaseCommand} from '../../cli/base-command.js'
import {EXIT} from '../../kit/errors.js'
import {presentSecretsScan} from '../../present/secrets.js'

export default class SecretsScanCommand extends BaseCommand {
  static override summary = "Find what leaks: the fleet's secrets in any spelling, and vendors' tokens."
  static override description =
    'By default the whole home, tracked by git or not. Each finding is a file, a line and a kind; no value is ever shown. Exit 3 when something was found.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> workspaces/donna --history',
    '<%= config.bin %> <%= command.id %> --json',
  ]
  static override strict = false
  static override args = {path: Args.string({description: 'Files or folders; default: the whole home.'})}
  static override flags = {
    history: Flags.boolean({description: 'Also everything that files ever held, on every branch.'}),
  }

  async run(): Promise<SecretsScan> {
    const {argv, flags} = await this.parse(SecretsScanCommand)
    const wish = {paths: argv.map(String), cwd: process.cwd(), history: flags.history}
    const report = await scanSecrets(await this.fleet(), wish)
    this.print(presentSecretsScan(report))
    this.endWith(report.findings.length === 0 ? EXIT.done : EXIT.refused)
    return report
  }
}
