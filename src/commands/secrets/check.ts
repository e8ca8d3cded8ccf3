import {Flags} from '@oclif/core'
import {checkSecrets, type SecretsCheck} from '../../app/secrets/check.js'
import {BaseCommand} from '../../cli/base-command.js'
import {EXIT} from '../../kit/errors.js'
import {presentSecretsCheck} from '../../present/secrets.js'

export default class SecretsCheckCommand extends BaseCommand {
  static override summary = 'See that every secret that is referred to is there and looks like one.'
  static override description =
    "Looks at mcos.yaml and every SOUL.md: populated, no placeholder, the right vendor, nobody else's, a file closed to others and out of git. No value is ever shown."
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --live --json',
  ]
  static override flags = {
    live: Flags.boolean({description: 'Ask those who gave them out, with a request that costs nothing.'}),
  }

  async run(): Promise<SecretsCheck> {
    const {flags} = await this.parse(SecretsCheckCommand)
    const report = await checkSecrets(await this.fleet(), {live: flags.live})
    this.print(presentSecretsCheck(report))
    this.endWith(report.ok ? EXIT.done : EXIT.failed)
    return report
  }
}
