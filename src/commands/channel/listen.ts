import {Args, Flags} from '@oclif/core'
import {type ListenEnd, listenToChannel} from '../../app/channel/listen.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {listenForInterruption} from '../../cli/interruption.js'
import {presentListening} from '../../present/channel.js'

export default class ChannelListen extends BaseCommand {
  static override summary = 'Hear at once what people say over Telegram, until Ctrl-C.'
  static override description =
    'Without it each heartbeat of the machine looks once. People of mcos.yaml are heard, nobody else; what they may say: /status, /approve, /deny, /stop, /help.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> founders --once',
  ]
  static override args = {channel: Args.string({description: 'Which channel; default: the only one of kind telegram.'})}
  static override flags = {once: Flags.boolean({description: 'Look once instead of waiting for what comes.'})}

  async run(): Promise<ListenEnd> {
    const {args, flags} = await this.parse(ChannelListen)
    requirePerson(process.env)
    const fleet = await this.fleet()
    const interruption = listenForInterruption()
    const request = {name: args.channel ?? null, once: flags.once}
    const hear = (text: string): void => this.note(text)
    const site = {signal: interruption.signal, reopen: () => this.fleet(), hear}
    const end = await listenToChannel(fleet, request, site)
    interruption.stop()
    this.print(presentListening(end))
    this.endWith(interruption.exitCode() ?? 0)
    return end
  }
}
