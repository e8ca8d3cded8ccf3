import {claimOf} from '../../alerts/channel-claim.js'
import type {Delivery} from '../../alerts/delivery.js'
import {sendPage} from '../../alerts/page.js'
import {readStop} from '../../guard/stop.js'
import {EXIT, UserError} from '../../kit/errors.js'
import {newId} from '../../kit/ids.js'
import {isClaimTrusted} from '../../turn/trusted-claim.js'
import type {Channel} from '../../workspace/config.js'
import type {Fleet} from '../../workspace/fleet.js'
import {readSecret} from '../../workspace/read-secret.js'
import {personHere} from '../speaker.js'

/** What came of a test message; the keys are a promise to programs. */
export interface ChannelTest extends Delivery {
  readonly channel: string
  readonly kind: Channel['kind']
}

/** Sends one message over a channel as a page would be sent. It is on no record and is not repeated. */
export async function testChannel(fleet: Fleet, name: string, signal: AbortSignal): Promise<ChannelTest> {
  const {home, mcos, env, clock} = fleet
  const channel = Object.hasOwn(home.config.channels, name) ? home.config.channels[name] : undefined
  if (!channel) throw unknownChannel(name, Object.keys(home.config.channels))
  if (readStop(mcos, null)) {
    throw new UserError('The fleet is stopped, so nothing is sent.', {
      code: 'STOPPED',
      fix: 'mcos resume',
      exit: EXIT.refused,
    })
  }
  const claim = claimOf(channel)
  if (claim !== null && !isClaimTrusted(fleet, {kind: 'channel', text: claim})) {
    throw new UserError(`What ${name} does is not trusted on this machine: ${claim}`, {
      code: 'NOT_TRUSTED',
      fix: 'mcos trust',
      exit: EXIT.refused,
    })
  }
  const at = new Date(clock.now()).toISOString()
  const page = {
    key: `test-${newId(clock)}`,
    fleet: home.config.name,
    agent: 'mcos',
    title: `Test of channel ${name}`,
    text: `${personHere(home)} has tried whether this arrives. Nothing is wrong.`,
    at,
  }
  const secret = (ref: Parameters<typeof readSecret>[0]): string => readSecret(ref, env)
  return {channel: name, kind: channel.kind, ...(await sendPage(channel, page, {env, cwd: home.dir, signal, secret}))}
}

function unknownChannel(name: string, names: readonly string[]): UserError {
  return new UserError(`mcos.yaml has no channel ${JSON.stringify(name)}.`, {
    code: 'NO_CHANNEL',
    fix: names.length === 0 ? 'See docs/channels.md for one to copy.' : names.map((one) => `mcos channel test ${one}`),
    exit: EXIT.usage,
  })
}
