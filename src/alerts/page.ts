import {clean, cleanLine, shorten} from '../kit/text.js'
import type {Channel} from '../workspace/config.js'
import type {Delivery, Page, SendOptions} from './delivery.js'

/** Sends one page over one channel, once. Never throws: a channel that doesn't work is a delivery that failed. */
export async function sendPage(channel: Channel, page: Page, options: SendOptions): Promise<Delivery> {
  const presentable = {...page, title: shorten(cleanLine(page.title), 200), text: shorten(clean(page.text), 4000)}
  try {
    return present(await sendOver(channel, presentable, options))
  } catch (error) {
    return present({outcome: 'failed', detail: error instanceof Error ? error.message : String(error)})
  }
}

async function sendOver(channel: Channel, page: Page, options: SendOptions): Promise<Delivery> {
  if (options.signal.aborted) return {outcome: 'failed', detail: 'the beat ended before it was sent'}
  switch (channel.kind) {
    case 'webhook':
      return (await import('./webhook.js')).postPage(channel, page, options)
    case 'command':
      return (await import('./page-command.js')).runPageCommand(channel, page, options)
    case 'telegram':
      return (await import('./telegram/telegram-page.js')).sendTelegramPage(channel, page, options)
  }
}

/** What a server or program said is outside text. */
function present({outcome, detail}: Delivery): Delivery {
  return {outcome, detail: shorten(cleanLine(detail), 300)}
}
