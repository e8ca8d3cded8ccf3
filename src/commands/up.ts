import {join} from 'node:path'
import {Flags} from '@oclif/core'
import {keepUp} from '../app/up/keep-up.js'
import type {UpEnd, UpEvent} from '../app/up/up-event.js'
import {requirePerson} from '../cli/actor.js'
import {BaseCommand} from '../cli/base-command.js'
import {listenForInterruption} from '../cli/interruption.js'
import {formatJsonLine} from '../cli/output.js'
import {presentUp} from '../present/up.js'

export default class Up extends BaseCommand {
  static override summary = 'Keep the fleet beating from this terminal, where there is no cron.'
  static override description =
    'The beats are those of mcos heartbeat, each in a process of its own, with the same locks, receipts and stop file, so that cron and you may beat beside it. An agent beats at once when a message or an answer lands in its folder. Slots that a sleeping machine has missed are caught up with one beat. With --json each event is a line.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --every 5m --agents donna,flow',
    '<%= config.bin %> <%= command.id %> --once',
  ]
  static override flags = {
    every: Flags.string({default: '30m', description: 'How often the whole machine beats.', helpValue: 'TIME'}),
    agents: Flags.string({
      multiple: true,
      delimiter: ',',
      description: 'Only these; otherwise every agent of this machine.',
      helpValue: 'AGENT',
    }),
    once: Flags.boolean({description: 'One beat, and end with its exit code.'}),
  }

  async run(): Promise<UpEnd> {
    const {flags} = await this.parse(Up)
    requirePerson(process.env)
    const fleet = await this.fleet()
    const interruption = listenForInterruption()
    const end = await keepUp(
      fleet,
      {every: flags.every, agents: flags.agents ?? [], isOnce: flags.once},
      {
        program: [process.execPath, join(this.config.root, 'bin/mcos.js')],
        signal: interruption.signal,
        tell: (event) => this.tell(event, fleet.home.config.timezone),
        reopen: () => this.fleet(),
      },
    )
    interruption.stop()
    const exit = interruption.exitCode() ?? end.exit
    this.endWith(exit)
    return {...end, exit}
  }

  override logJson(json: unknown): void {
    process.stdout.write(formatJsonLine(json))
  }

  private tell(event: UpEvent, zone: string): void {
    if (this.jsonEnabled()) this.logJson(event)
    else for (const line of presentUp(event, zone)) this.print(line)
  }
}
