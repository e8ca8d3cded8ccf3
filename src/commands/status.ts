import {join} from 'node:path'
import {Flags} from '@oclif/core'
import {type StatusReport, statusOf} from '../app/status.js'
import {BaseCommand} from '../cli/base-command.js'
import {formatJsonLine} from '../cli/output.js'
import {presentStatus} from '../present/status.js'
import {hasScreen, showScreen} from './status-door.js'

export default class Status extends BaseCommand {
  static override summary = 'The fleet at a glance: what was last, what is next, what waits, what it costs.'
  static override description =
    'On a terminal it is a screen that follows the files and lets you act: ? shows the keys. Piped, or with --plain, it is a table.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --plain',
    '<%= config.bin %> <%= command.id %> --json',
  ]
  static override flags = {
    plain: Flags.boolean({
      description: 'The table, also on a terminal: for screen readers, and for a look in passing.',
    }),
    watch: Flags.boolean({
      description: 'After the table a line for each change, until Ctrl-C; with --json a document each.',
    }),
  }

  async run(): Promise<StatusReport | undefined> {
    const {flags} = await this.parse(Status)
    if (flags.watch && (flags.plain || this.jsonEnabled() || !hasScreen())) return this.watch()
    if (!flags.plain && !this.jsonEnabled() && hasScreen()) {
      this.endWith(await showScreen(() => this.fleet(), join(this.config.root, 'bin', 'mcos.js')))
      return
    }
    const report = await statusOf(await this.fleet())
    this.print(presentStatus(report))
    return report
  }

  /** Who has watched has had every document already. */
  override logJson(json: unknown): void {
    if (json !== undefined) super.logJson(json)
  }

  private async watch(): Promise<undefined> {
    const {watchStatus} = await import('../cli/watch-status.js')
    const write = this.jsonEnabled()
      ? (report: StatusReport) => void process.stdout.write(formatJsonLine(report))
      : (_: StatusReport, lines: string) => this.print(lines)
    this.endWith(await watchStatus(await this.fleet(), {reopen: () => this.fleet(), write}))
  }
}
