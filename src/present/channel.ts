import type {ListenEnd} from '../app/channel/listen.js'
import type {ChannelTest} from '../app/channel/test-channel.js'

/** What came of a test message. */
export function presentChannelTest({channel, kind, outcome, detail}: ChannelTest): string {
  const words = {sent: 'was sent', failed: 'was not sent', unknown: 'may have been sent'}[outcome]
  // A reason that an error gave is a sentence already.
  return `The test message over ${channel} (${kind}) ${words}: ${detail.replace(/\.$/, '')}.`
}

/** What a listener heard, once it has ended. */
export function presentListening({channel, lines}: ListenEnd): string {
  return lines.length === 0
    ? `Nothing came over ${channel}.`
    : `${lines.length === 1 ? '1 line is' : `${lines.length} lines are`} in .mcos/telegram/${channel}.log.`
}
