import {Args} from '@oclif/core'
import {type ChannelTest, testChannel} from '../../app/channel/test-channel.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {listenForInterruption} from '../../cli/interruption.js'
import {EXIT} from '../../kit/errors.js'
import {presentChannelTest} from '../../present/channel.js'

export default class ChannelTestCommand extends BaseCommand {
  static override summary = 'Send a test message over a channel, as a page would be sent.'
  static override examples = ['<%= config.bin %> <%= command.id %> founders']
  static override args = {channel: Args.string({required: true, description: "The channel's name in mcos.yaml."})}

  async run(): Promise<ChannelTest> {
    const {args} = await this.parse(ChannelTestCommand)
    requirePerson(process.env)
    const interruption = listenForInterruption()
    const test = await testChannel(await this.fleet(), args.channel, interruption.signal)
    interruption.stop()
    this.print(presentChannelTest(test))
    this.endWith(interruption.exitCode() ?? (test.outcome === 'sent' ? EXIT.done : EXIT.failed))
    return test
  }
}
