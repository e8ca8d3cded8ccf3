import {checkIntegrity, type FsckReport} from '../app/fsck.js'
import {openAnyway} from '../app/open-anyway.js'
import {BaseCommand} from '../cli/base-command.js'
import {EXIT} from '../kit/errors.js'
import {presentFsck} from '../present/fsck.js'

export default class Fsck extends BaseCommand {
  static override summary = 'Read every file of the fleet and its whole history, and say what is damaged.'
  static override description =
    'It changes nothing. Each problem names the file, what was expected there, what was found, and one command that helps.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']

  async run(): Promise<FsckReport> {
    const {flags} = await this.parse(Fsck)
    const report = checkIntegrity(await openAnyway({home: flags.home, cwd: process.cwd(), env: process.env}))
    this.print(presentFsck(report))
    this.endWith(report.ok ? EXIT.done : EXIT.failed)
    return report
  }
}
