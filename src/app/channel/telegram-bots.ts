import {claimOf} from '../../alerts/channel-claim.js'
import {type Bot, botId, openBot} from '../../alerts/telegram/bot.js'
import type {TelegramChannel} from '../../alerts/telegram/telegram-page.js'
import {isUserError} from '../../kit/errors.js'
import {isClaimTrusted} from '../../turn/trusted-claim.js'
import type {Fleet} from '../../workspace/fleet.js'
import {readSecret} from '../../workspace/read-secret.js'

/** A bot of this fleet with the channel it is polled for. */
export interface TelegramBot {
  /** The channel's name in mcos.yaml. */
  readonly name: string
  readonly channel: TelegramChannel
  readonly bot: Bot
  readonly id: string
}

/** A channel whose bot can't be called from here, and why. */
export interface ClosedBot {
  readonly name: string
  readonly trouble: string
}

/** The fleet's bots, each once: of several channels with one bot it is polled for the one that pages go to, or the first. */
export function openBots(
  fleet: Fleet,
  isWanted: (channel: TelegramChannel) => boolean = () => true,
): {readonly open: TelegramBot[]; readonly closed: ClosedBot[]} {
  const {channels, page} = fleet.home.config
  const names = Object.keys(channels).sort((one, other) => Number(other === page?.to) - Number(one === page?.to))
  const open: TelegramBot[] = []
  const closed: ClosedBot[] = []
  for (const name of names) {
    const channel = channels[name]
    if (channel?.kind !== 'telegram' || !isWanted(channel)) continue
    const found = openOne(fleet, name, channel)
    if ('trouble' in found) closed.push(found)
    else if (!open.some(({id}) => id === found.id)) open.push(found)
  }
  return {open, closed}
}

function openOne(fleet: Fleet, name: string, channel: TelegramChannel): TelegramBot | ClosedBot {
  const claim = claimOf(channel)
  if (claim !== null && !isClaimTrusted(fleet, {kind: 'channel', text: claim})) {
    return {name, trouble: 'what it does is not trusted on this machine: mcos trust'}
  }
  try {
    const bot = openBot({...channel, token: readSecret(channel.token, fleet.env)})
    return {name, channel, bot, id: botId(bot)}
  } catch (error) {
    if (isUserError(error)) return {name, trouble: error.message}
    throw error
  }
}

/** One poller a bot on this machine. */
export function botLock({id}: TelegramBot): string {
  return `_telegram-${id}`
}
